// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/dialogs/ReadingsDialog.h"

#include "ui/format/Format.h"
#include "ui/format/TimeFormat.h"
#include "ui/panels/RecordTable.h"

#include <QApplication>
#include <QClipboard>
#include <QComboBox>
#include <QDesktopServices>
#include <QDialogButtonBox>
#include <QFileInfo>
#include <QFontDatabase>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QUrl>
#include <QVBoxLayout>

#include <cmath>

namespace meteorograph::ui {

namespace {

constexpr int kRecordHeight = 110;
constexpr int kCellMargins = 18;
constexpr int kValueWidth = 70; // and some for each letter of the title
constexpr int kFlagsWidth = 70;
constexpr int kLineWidth = 70;

/// With milliseconds: readings of a second differ by them.
QString fineTime(TimeUs time, const QTimeZone &zone) {
  const auto milliseconds = static_cast<int>((time - floorTo(time, kSecond)) / kMillisecond);
  return formatDateTime(time, zone) + QStringLiteral(".%1").arg(milliseconds, 3, 10, QLatin1Char('0'));
}

QString flagsText(std::int64_t flags) {
  QStringList words;
  if (flags & kReadingLate)
    words << ReadingsDialog::tr("late");
  if (flags & kReadingOfTwiceHour)
    words << ReadingsDialog::tr("hour came twice");
  if (flags & kReadingShifted)
    words << ReadingsDialog::tr("shifted by a clock change");
  if (flags & kReadingDuplicate)
    words << ReadingsDialog::tr("duplicate, left out");
  return words.join(QStringLiteral(", "));
}

QString nameOf(const std::string &path) { return QFileInfo(QString::fromStdString(path)).fileName(); }

/// Without digits that only the binary form has, but every one that the file may have had.
QString valueText(double value) {
  return std::isnan(value) ? QStringLiteral("—")
                           : QLocale::c().toString(value, 'g', QLocale::FloatingPointShortest);
}

RecordRow rowOf(const StoredReading &reading, const QTimeZone &zone) {
  RecordRow row;
  row.id = reading.id;
  row.cells = {fineTime(reading.event_time_us, zone), fineTime(reading.received_time_us, zone)};
  row.sortKeys = {static_cast<double>(reading.event_time_us), static_cast<double>(reading.received_time_us)};
  for (const double value : reading.values) {
    row.cells << valueText(value);
    row.sortKeys << value;
  }
  row.cells << flagsText(reading.flags) << formatCount(reading.line) << nameOf(reading.file);
  row.sortKeys << std::nan("") << static_cast<double>(reading.line);
  row.tone = reading.flags == 0 ? "" : "warn";
  return row;
}

} // namespace

ReadingsDialog::ReadingsDialog(EngineClient *client, const Subject &subject, const QTimeZone &zone,
                               QWidget *parent)
    : QDialog(parent), m_client(client), m_subject(subject), m_zone(zone), m_device(new QComboBox),
      m_source(new QLabel), m_text(new QPlainTextEdit), m_copy(new QPushButton(tr("Copy &record"))),
      m_folder(new QPushButton(tr("Open &folder"))) {
  setWindowTitle(tr("Readings, times in %1").arg(QString::fromUtf8(zone.id())));
  for (const auto &[id, name] : subject.devices)
    m_device->addItem(name, qlonglong{id});
  m_device->setCurrentIndex(m_device->findData(qlonglong{subject.device}));
  m_device->setAccessibleName(tr("Device"));
  m_source->setProperty("role", "caption");
  m_source->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
  m_source->setTextFormat(Qt::PlainText);
  m_source->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_source->setAccessibleName(tr("File and line"));
  m_text->setReadOnly(true);
  m_text->setFixedHeight(kRecordHeight);
  m_text->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));
  m_text->setAccessibleName(tr("The record in its file"));
  m_text->setTabChangesFocus(true);
  auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
  buttons->addButton(m_copy, QDialogButtonBox::ActionRole);
  buttons->addButton(m_folder, QDialogButtonBox::ActionRole);
  connect(m_copy, &QPushButton::clicked, this,
          [this] { QApplication::clipboard()->setText(m_text->toPlainText()); });
  connect(m_folder, &QPushButton::clicked, this, [this] {
    if (const StoredReading *reading = chosen())
      QDesktopServices::openUrl(
          QUrl::fromLocalFile(QFileInfo(QString::fromStdString(reading->file)).absolutePath()));
  });
  connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
  connect(m_device, &QComboBox::currentIndexChanged, this, [this] {
    m_subject.device = m_device->currentData().toLongLong();
    ask();
  });
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(16, 14, 16, 12);
  layout->setSpacing(10);
  layout->addWidget(m_device, 0, Qt::AlignLeft);
  layout->addWidget(m_source);
  layout->addWidget(m_text);
  layout->addWidget(buttons);
  resize(1120, 560);
  ask();
}

ReadingsDialog::~ReadingsDialog() {
  withdraw(m_asked);
  withdraw(m_askedRecord);
}

void ReadingsDialog::withdraw(EnginePort::RequestId &request) {
  if (request != 0)
    m_client->cancel(request);
  request = 0;
}

void ReadingsDialog::ask() {
  withdraw(m_asked);
  withdraw(m_askedRecord);
  ++m_recordTurn;
  m_answer = {};
  showReadings();
  m_table->setNote(tr("Reading…"));
  ReadingsRequest request;
  request.device = m_subject.device;
  request.from_us = m_subject.from_us;
  request.to_us = m_subject.to_us;
  m_asked = m_client->fetchReadings(
      request, [self = QPointer(this), turn = ++m_turn](const Result<ReadingsOfWindow> &answer) {
        if (!self || self->m_turn != turn)
          return;
        self->m_asked = 0;
        if (answer)
          self->show(*answer);
        else if (answer.error().code != ErrorCode::Cancelled)
          self->m_table->setNote(QString::fromStdString(answer.error().message));
      });
}

void ReadingsDialog::show(const ReadingsOfWindow &answer) {
  m_answer = answer;
  showReadings();
  const auto shown = static_cast<std::int64_t>(m_answer.readings.size());
  const QString span =
      tr("%1 to %2").arg(fineTime(m_subject.from_us, m_zone), fineTime(m_subject.to_us, m_zone));
  if (shown == m_answer.total)
    m_table->setNote(
        (shown == 1 ? tr("%1 reading, %2") : tr("%1 readings, %2")).arg(formatCount(shown), span));
  else
    m_table->setNote((m_answer.more ? tr("The first %1 of more than %2 readings, %3")
                                    : tr("The first %1 of %2 readings, %3"))
                         .arg(formatCount(shown), formatCount(m_answer.total), span));
  if (shown > 0)
    m_table->makeCurrent(m_answer.readings.front().id);
  else
    m_source->setText(
        tr("Bronze holds none of them any more: retention gave them up, or their file was taken out."));
}

/// Quantities differ from device to device, so the table is made anew.
void ReadingsDialog::showReadings() {
  QStringList titles{tr("Time"), tr("Received")}; // the zone stands in the window's title
  const int timeWidth = fontMetrics().horizontalAdvance(fineTime(m_subject.from_us, m_zone)) + kCellMargins;
  QList<int> widths{timeWidth, timeWidth};
  QList<int> right;
  for (const Quantity &quantity : m_answer.quantities) {
    right << static_cast<int>(titles.size());
    const QString unit = QString::fromStdString(quantity.unit);
    titles << (unit.isEmpty() ? quantityTitle(quantity.name)
                              : quantityTitle(quantity.name) + QLatin1Char(' ') + unit);
    widths << kValueWidth + static_cast<int>(titles.back().size()) * 3;
  }
  right << static_cast<int>(titles.size()) + 1;
  titles << tr("Flags") << tr("Line") << tr("File");
  widths << kFlagsWidth << kLineWidth;
  auto *table = new RecordTable(tr("Readings"), titles, right, widths);
  std::vector<RecordRow> rows;
  for (const StoredReading &reading : m_answer.readings)
    rows.push_back(rowOf(reading, m_zone));
  table->setRows(std::move(rows));
  table->setElideMode(Qt::ElideMiddle);
  connect(table, &RecordTable::currentChanged, this, &ReadingsDialog::askRecord);
  auto *place = static_cast<QVBoxLayout *>(layout());
  if (m_table)
    delete place->replaceWidget(m_table, table);
  else
    place->insertWidget(1, table, 1);
  delete std::exchange(m_table, table);
  m_source->clear();
  m_text->clear();
  m_copy->setEnabled(false);
  m_folder->setEnabled(false);
}

const StoredReading *ReadingsDialog::chosen() const {
  const std::optional<qint64> id = m_table->currentId();
  for (const StoredReading &reading : m_answer.readings)
    if (id && reading.id == *id)
      return &reading;
  return nullptr;
}

void ReadingsDialog::askRecord() {
  withdraw(m_askedRecord);
  ++m_recordTurn;
  m_text->clear();
  m_copy->setEnabled(false);
  const StoredReading *reading = chosen();
  m_folder->setEnabled(reading && !reading->file.empty());
  if (!reading)
    return;
  QString source = tr("%1, line %2, byte %3")
                       .arg(QString::fromStdString(reading->file), formatCount(reading->line),
                            formatCount(reading->offset));
  if (!reading->rescued.empty())
    source += tr(" · besides %1").arg(QString::fromStdString(reading->rescued));
  m_source->setText(source);
  m_source->setToolTip(source);
  m_text->setPlaceholderText(tr("Reading the file…"));
  m_askedRecord = m_client->fetchRawRecord(
      reading->file_id, reading->offset,
      [self = QPointer(this), turn = m_recordTurn](const Result<RawRecord> &record) {
        if (!self || self->m_recordTurn != turn)
          return;
        self->m_askedRecord = 0;
        if (record)
          self->showRecord(*record);
        else if (record.error().code != ErrorCode::Cancelled)
          self->m_text->setPlaceholderText(QString::fromStdString(record.error().message));
      });
}

void ReadingsDialog::showRecord(const RawRecord &record) {
  switch (record.state) {
  case RawRecord::State::Found:
    m_text->setPlainText(QString::fromStdString(record.text) +
                         (record.cut ? QStringLiteral(" …") : QString()));
    m_copy->setEnabled(true);
    break;
  case RawRecord::State::Gone:
    m_text->setPlaceholderText(tr("The file is gone. The reading stays in the store."));
    break;
  case RawRecord::State::Changed:
    m_text->setPlaceholderText(
        tr("The file holds something else now than what was read of it. The reading stays in the store."));
    break;
  }
}

} // namespace meteorograph::ui
