// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/LayoutOptions.h"

#include "ui/Theme.h"
#include "ui/mapping/MappingText.h"
#include "ui/mapping/TimePartsEditor.h"
#include "ui/mapping/ZoneBox.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QSpinBox>

namespace meteorograph::ui {

namespace {

constexpr char kDelimiters[] = {',', ';', '\t', '|', ' '};
constexpr int kMostSkipped = 100'000;
constexpr int kOneDevice = 1; // index in the device's combo: a name for the whole file

QLabel *heading(const QString &text) {
  auto *label = new QLabel(text.toUpper());
  label->setProperty("role", "heading");
  label->setContentsMargins(0, 8, 0, 0);
  return label;
}

QString inferredText(const QString &what) {
  return what.isEmpty() ? LayoutOptions::tr("Inferred") : LayoutOptions::tr("Inferred: %1").arg(what);
}

void select(QComboBox &box, const QVariant &value) {
  const QSignalBlocker quiet(&box);
  box.setCurrentIndex(std::max(0, box.findData(value)));
}

void fill(QLineEdit &line, const QString &text) {
  if (!line.hasFocus() && line.text() != text)
    line.setText(text);
}

} // namespace

LayoutOptions::LayoutOptions(MappingDraft &draft, QWidget *parent)
    : QWidget(parent), m_draft(draft), m_form(new QFormLayout(this)), m_format(choice(tr("Format"))),
      m_delimiter(choice(tr("Delimiter"))), m_decimal(choice(tr("Decimal sign"))),
      m_header(choice(tr("Header"))), m_skip(new QSpinBox), m_comment(line(tr("Comment"))),
      m_records(line(tr("Path of the records"))), m_zone(new ZoneBox), m_time(new TimePartsEditor),
      m_deviceField(choice(tr("Field of the device"))), m_deviceSlice(line(tr("Part of the device's field"))),
      m_deviceName(line(tr("Name of the device"))), m_missing(line(tr("Missing values"))) {
  m_form->setContentsMargins(14, 4, 14, 12);
  m_form->setHorizontalSpacing(12);
  m_form->setVerticalSpacing(7);
  m_form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
  m_form->setLabelAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  buildLayout(m_form);
  buildTime(m_form);
  buildDevice(m_form);
}

QComboBox *LayoutOptions::choice(const QString &name) {
  auto *box = new QComboBox(this);
  box->setAccessibleName(name);
  box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  box->setMinimumContentsLength(10);
  return box;
}

QLineEdit *LayoutOptions::line(const QString &name) {
  auto *edit = new QLineEdit(this);
  edit->setAccessibleName(name);
  return edit;
}

void LayoutOptions::edit(const std::function<void(Mapping &)> &apply) {
  m_draft.change(apply);
  Q_EMIT changed();
}

void LayoutOptions::buildLayout(QFormLayout *form) {
  form->addRow(heading(tr("Layout")));
  form->addRow(tr("&Format"), m_format);
  form->addRow(tr("&Delimiter"), m_delimiter);
  form->addRow(tr("De&cimal sign"), m_decimal);
  form->addRow(tr("&Header"), m_header);
  form->addRow(tr("&Lines to skip"), m_skip);
  form->addRow(tr("C&omment begins"), m_comment);
  form->addRow(tr("&Records in"), m_records);
  m_skip->setAccessibleName(tr("Lines to skip"));
  m_skip->setRange(-1, kMostSkipped);
  m_records->setPlaceholderText(tr("path.to.array"));
  connect(m_format, &QComboBox::activated, this, [this] {
    edit([this](Mapping &mapping) {
      mapping.format = static_cast<Mapping::Format>(m_format->currentData().toInt());
    });
  });
  connect(m_delimiter, &QComboBox::activated, this, [this] {
    edit([this](Mapping &mapping) {
      mapping.delimiter = static_cast<char>(m_delimiter->currentData().toInt());
    });
  });
  connect(m_decimal, &QComboBox::activated, this, [this] {
    edit([this](Mapping &mapping) { mapping.decimal = static_cast<char>(m_decimal->currentData().toInt()); });
  });
  connect(m_header, &QComboBox::activated, this, [this] {
    const int chosen = m_header->currentData().toInt();
    edit([chosen](Mapping &mapping) {
      mapping.header = chosen < 0 ? std::nullopt : std::optional(chosen == 1);
    });
  });
  connect(m_skip, &QSpinBox::valueChanged, this, [this](int lines) {
    edit([lines](Mapping &mapping) { mapping.skip_lines = lines < 0 ? std::nullopt : std::optional(lines); });
  });
  connect(m_comment, &QLineEdit::textEdited, this, [this](const QString &text) {
    edit([&text](Mapping &mapping) { mapping.comment = text.trimmed().toStdString(); });
  });
  connect(m_records, &QLineEdit::textEdited, this, [this](const QString &text) {
    edit([&text](Mapping &mapping) { mapping.records = text.trimmed().toStdString(); });
  });
}

void LayoutOptions::buildTime(QFormLayout *form) {
  form->addRow(heading(tr("Time")));
  form->addRow(tr("&Zone"), m_zone);
  form->addRow(m_time);
  m_zone->setAccessibleName(tr("Time zone of times that state none"));
  connect(m_zone, &ZoneBox::zoneChanged, this,
          [this] { edit([this](Mapping &mapping) { mapping.zone = m_zone->zone(); }); });
  connect(m_time, &TimePartsEditor::changed, this,
          [this] { edit([this](Mapping &mapping) { mapping.time = m_time->parts(); }); });
  connect(m_time, &TimePartsEditor::inferRequested, this,
          [this] { edit([](Mapping &mapping) { mapping.time.clear(); }); });
}

void LayoutOptions::buildDevice(QFormLayout *form) {
  form->addRow(heading(tr("Device and values")));
  form->addRow(tr("De&vice from"), m_deviceField);
  form->addRow(tr("&Part"), m_deviceSlice);
  form->addRow(tr("&Name"), m_deviceName);
  form->addRow(tr("&Missing"), m_missing);
  m_deviceSlice->setPlaceholderText(tr("whole"));
  m_deviceSlice->setToolTip(
      tr("Characters from:to, counted from 0; negative ones from the end, such as -10:"));
  m_deviceName->setPlaceholderText(tr("what it is called"));
  m_missing->setPlaceholderText(tr("such as -9999; -200"));
  m_missing->setToolTip(tr("Values that mean none, in every quantity"));
  connect(m_deviceField, &QComboBox::activated, this, &LayoutOptions::editDevice);
  connect(m_deviceSlice, &QLineEdit::textEdited, this, &LayoutOptions::editDevice);
  connect(m_deviceName, &QLineEdit::textEdited, this, &LayoutOptions::editDevice);
  connect(m_missing, &QLineEdit::textEdited, this, [this](const QString &text) {
    const std::optional<std::vector<double>> numbers = parseNumbers(text);
    setTone(*m_missing, numbers ? "" : "bad");
    if (numbers)
      edit([&numbers](Mapping &mapping) { mapping.missing = *numbers; });
  });
}

void LayoutOptions::editDevice() {
  Mapping::DeviceRule rule;
  const int chosen = m_deviceField->currentIndex();
  m_form->setRowVisible(m_deviceName, chosen == kOneDevice);
  m_form->setRowVisible(m_deviceSlice, chosen > kOneDevice);
  const bool sliceReads = parseSlice(m_deviceSlice->text(), rule.slice);
  setTone(*m_deviceSlice, sliceReads ? "" : "bad");
  if (chosen == kOneDevice) {
    rule.slice.reset();
    rule.constant = m_deviceName->text().trimmed().toStdString();
  } else if (chosen > kOneDevice) {
    rule.field = m_deviceField->currentData().toString().toStdString();
  }
  const bool said = !rule.field.empty() || !rule.constant.empty();
  edit([&](Mapping &mapping) { mapping.device = said ? std::optional(rule) : std::nullopt; });
}

void LayoutOptions::refresh() {
  const Mapping &mapping = m_draft.mapping();
  const Mapping &inferred = m_draft.inference().mapping;
  fillFormat();
  fillTable();
  const bool table = m_draft.format() == Mapping::Format::Delimited;
  for (QWidget *widget :
       std::initializer_list<QWidget *>{m_delimiter, m_decimal, m_header, m_skip, m_comment})
    m_form->setRowVisible(widget, table);
  m_form->setRowVisible(m_records, m_draft.format() == Mapping::Format::Json);
  fill(*m_records, QString::fromStdString(mapping.records));
  m_zone->setZone(mapping.zone, inferred.zone);
  m_time->show(m_draft.time(), m_draft.inference().fields, !mapping.time.empty());
  fillDevice();
  fill(*m_missing, numbersText(mapping.missing));
}

void LayoutOptions::fillFormat() {
  const Mapping::Format inferred = m_draft.inference().mapping.format;
  if (m_format->count() == 0) {
    m_format->addItem(QString(), static_cast<int>(Mapping::Format::Inferred));
    for (const Mapping::Format format : {Mapping::Format::Delimited, Mapping::Format::Json,
                                         Mapping::Format::LineProtocol, Mapping::Format::TopicPayload})
      m_format->addItem(formatText(format), static_cast<int>(format));
  }
  const bool own = m_draft.mapping().format != Mapping::Format::Inferred;
  m_format->setItemText(0, own ? tr("Inferred") : inferredText(formatText(inferred)));
  select(*m_format, static_cast<int>(m_draft.mapping().format));
}

void LayoutOptions::fillTable() {
  const Mapping &mapping = m_draft.mapping();
  const Mapping &inferred = m_draft.inference().mapping;
  if (m_delimiter->count() == 0) {
    m_delimiter->addItem(QString(), 0);
    for (const char delimiter : kDelimiters)
      m_delimiter->addItem(delimiterText(delimiter), static_cast<int>(delimiter));
    m_decimal->addItem(QString(), 0);
    m_decimal->addItem(tr(".  point"), static_cast<int>('.'));
    m_decimal->addItem(tr(",  comma"), static_cast<int>(','));
    m_header->addItem(QString(), -1);
    m_header->addItem(tr("There is one"), 1);
    m_header->addItem(tr("There is none"), 0);
  }
  m_delimiter->setItemText(0,
                           inferredText(mapping.delimiter ? QString() : delimiterText(inferred.delimiter)));
  m_decimal->setItemText(0, inferredText(mapping.decimal || !inferred.decimal
                                             ? QString()
                                             : QString(QLatin1Char(inferred.decimal))));
  m_header->setItemText(0, inferredText(mapping.header || !inferred.header ? QString()
                                        : *inferred.header                 ? tr("yes")
                                                                           : tr("no")));
  select(*m_delimiter, static_cast<int>(mapping.delimiter));
  select(*m_decimal, static_cast<int>(mapping.decimal));
  select(*m_header, mapping.header ? static_cast<int>(*mapping.header) : -1);
  const QSignalBlocker quiet(m_skip);
  m_skip->setSpecialValueText(inferredText(
      mapping.skip_lines || !inferred.skip_lines ? QString() : QString::number(*inferred.skip_lines)));
  m_skip->setValue(mapping.skip_lines.value_or(-1));
  fill(*m_comment, QString::fromStdString(mapping.comment));
  m_comment->setPlaceholderText(inferredText(QString::fromStdString(inferred.comment)));
}

void LayoutOptions::fillDevice() {
  if (m_deviceField->view()->isVisible())
    return; // somebody is choosing
  const std::optional<Mapping::DeviceRule> &rule = m_draft.mapping().device;
  const std::optional<Mapping::DeviceRule> &inferred = m_draft.inference().mapping.device;
  const QString what = !inferred || rule         ? QString()
                       : inferred->field.empty() ? QString::fromStdString(inferred->constant)
                                                 : QString::fromStdString(inferred->field);
  const QSignalBlocker quiet(m_deviceField);
  const bool naming = m_deviceName->hasFocus() || (m_deviceField->currentIndex() == kOneDevice && !rule);
  m_deviceField->clear();
  m_deviceField->addItem(inferredText(what), QString());
  m_deviceField->addItem(tr("One name for the file"), QString());
  for (const FieldReport &field : m_draft.inference().fields) {
    m_deviceField->addItem(fieldText(field), QString::fromStdString(field.field));
    if (rule && namesField(rule->field, field))
      m_deviceField->setCurrentIndex(m_deviceField->count() - 1);
  }
  if ((rule && rule->field.empty()) || (naming && !(rule && !rule->field.empty())))
    m_deviceField->setCurrentIndex(kOneDevice);
  m_form->setRowVisible(m_deviceName, m_deviceField->currentIndex() == kOneDevice);
  m_form->setRowVisible(m_deviceSlice, m_deviceField->currentIndex() > kOneDevice);
  if (rule) {
    fill(*m_deviceName, QString::fromStdString(rule->constant));
    fill(*m_deviceSlice, sliceText(rule->slice));
  }
}

} // namespace meteorograph::ui
