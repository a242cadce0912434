// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/TimePartsEditor.h"

#include "ui/Theme.h"
#include "ui/mapping/MappingText.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>
#include <QVBoxLayout>

namespace meteorograph::ui {

namespace {

constexpr const char *kFormats[] = {
    "iso",      "day_first", "month_first",       "epoch_s",           "epoch_ms", "epoch_us",
    "epoch_ns", "arrival",   "%Y-%m-%d",          "%d/%m/%Y",          "%m/%d/%Y", "%d.%m.%Y",
    "%H:%M:%S", "%H.%M.%S",  "%Y-%m-%d %H:%M:%S", "%d/%m/%Y %H:%M:%S", "%Y%m%d%H"};

QPushButton *linkButton(const QString &text) {
  auto *button = new QPushButton(text);
  button->setProperty("role", "link");
  button->setAccessibleName(text);
  button->setAutoDefault(false);
  return button;
}

} // namespace

TimePartsEditor::TimePartsEditor(QWidget *parent)
    : QWidget(parent), m_layout(new QVBoxLayout(this)), m_add(linkButton(tr("Add a part"))),
      m_infer(linkButton(tr("As inferred"))) {
  m_add->setToolTip(tr("Date and time of day may stand in two fields: they are put together in order."));
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(6);
  auto *foot = new QHBoxLayout;
  foot->addWidget(m_add);
  foot->addStretch(1);
  foot->addWidget(m_infer);
  m_layout->addLayout(foot);
  connect(m_infer, &QPushButton::clicked, this, &TimePartsEditor::inferRequested);
  connect(m_add, &QPushButton::clicked, this, [this] {
    addRow({});
    m_rows.back().field->setFocus();
    Q_EMIT changed();
  });
}

void TimePartsEditor::clear() {
  for (const Row &row : m_rows)
    row.box->deleteLater();
  m_rows.clear();
}

void TimePartsEditor::show(const std::vector<Mapping::TimePart> &parts,
                           const std::vector<FieldReport> &fields, bool chosen_by_user) {
  QStringList names;
  for (const FieldReport &field : fields)
    names << QString::fromStdString(field.field);
  m_infer->setVisible(chosen_by_user);
  if (names == m_fields && parts == this->parts())
    return; // nothing is rebuilt under the hand that types
  m_fields = names;
  clear();
  for (const Mapping::TimePart &part : parts)
    addRow(part);
}

void TimePartsEditor::addRow(const Mapping::TimePart &part) {
  auto *box = new QWidget;
  Row row{box, new QComboBox, new QLineEdit, new QComboBox};
  row.field->setAccessibleName(tr("Field of the time"));
  row.field->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  row.field->setMinimumContentsLength(8);
  row.field->addItems(m_fields);
  row.field->setEditable(true);
  row.field->setEditText(QString::fromStdString(part.field));
  row.slice->setAccessibleName(tr("Part of the field's text"));
  row.slice->setPlaceholderText(tr("whole"));
  row.slice->setToolTip(tr("Characters from:to, counted from 0; negative ones from the end, such as -10:"));
  row.slice->setFixedWidth(72);
  row.slice->setText(sliceText(part.slice));
  row.format->setAccessibleName(tr("Format of the time"));
  row.format->setEditable(true);
  row.format->setInsertPolicy(QComboBox::NoInsert);
  row.format->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
  row.format->setMinimumContentsLength(8);
  row.format->addItem(QString());
  for (const char *format : kFormats)
    row.format->addItem(QLatin1String(format));
  row.format->setEditText(QString::fromStdString(part.format));
  row.format->lineEdit()->setPlaceholderText(tr("format: inferred"));
  row.format->setToolTip(tr("Empty: inferred. As strptime has it (%Y-%m-%d %H:%M:%S, %f for a fraction), or "
                            "iso, day_first, month_first, epoch_s, epoch_ms, arrival …"));
  auto *remove = new QToolButton;
  remove->setText(QStringLiteral("×"));
  remove->setProperty("role", "small");
  remove->setAccessibleName(tr("Remove this part of the time"));
  remove->setToolTip(remove->accessibleName());
  auto *grid = new QGridLayout(box);
  grid->setContentsMargins(0, 0, 0, 0);
  grid->setSpacing(6);
  grid->addWidget(row.field, 0, 0, 1, 2);
  grid->addWidget(remove, 0, 2);
  grid->addWidget(row.slice, 1, 0);
  grid->addWidget(row.format, 1, 1, 1, 2);
  m_layout->insertWidget(static_cast<int>(m_rows.size()), box);
  connect(row.field, &QComboBox::editTextChanged, this, &TimePartsEditor::changed);
  connect(row.format, &QComboBox::editTextChanged, this, &TimePartsEditor::changed);
  connect(row.slice, &QLineEdit::textEdited, this, [this, slice = row.slice](const QString &text) {
    std::optional<Mapping::Slice> read;
    const bool good = parseSlice(text, read);
    setTone(*slice, good ? "" : "bad");
    if (good)
      Q_EMIT changed();
  });
  connect(remove, &QToolButton::clicked, this, [this, box] { removeRow(box); });
  m_rows.push_back(row);
}

void TimePartsEditor::removeRow(QWidget *box) {
  std::erase_if(m_rows, [box](const Row &row) { return row.box == box; });
  box->deleteLater();
  Q_EMIT changed();
}

std::vector<Mapping::TimePart> TimePartsEditor::parts() const {
  std::vector<Mapping::TimePart> all;
  for (const Row &row : m_rows) {
    Mapping::TimePart part{row.field->currentText().trimmed().toStdString(),
                           {},
                           row.format->currentText().trimmed().toStdString()};
    parseSlice(row.slice->text(), part.slice);
    if (!part.field.empty() || part.format == "arrival")
      all.push_back(std::move(part));
  }
  return all;
}

} // namespace meteorograph::ui
