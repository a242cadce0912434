// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/EventsPanel.h"

#include "ui/format/Format.h"
#include "ui/format/TimeFormat.h"

#include <QComboBox>
#include <QRegularExpression>

namespace meteorograph::ui {

namespace {

constexpr std::size_t kMostOwn = 200; // bounds memory when something fails again and again

QString kindText(const std::string &kind) {
  if (kind == "error")
    return EventsPanel::tr("error");
  return kind == "warning" ? EventsPanel::tr("warning") : EventsPanel::tr("note");
}

/// "/folder/file.csv, line 12: what happened" in two: the place, shortened, and the rest.
std::pair<QString, QString> placeAndText(const QString &text) {
  static const QRegularExpression shape(QStringLiteral("^(/.+?)(?:, line |:)(\\d+): (.+)$"),
                                        QRegularExpression::DotMatchesEverythingOption);
  const QRegularExpressionMatch match = shape.match(text);
  if (!match.hasMatch())
    return {{}, text};
  return {
      EventsPanel::tr("%1, line %2")
          .arg(match.captured(1).section(QLatin1Char('/'), -1), formatCount(match.captured(2).toLongLong())),
      match.captured(3)};
}

RecordRow rowOf(const EventEntry &event, const QTimeZone &zone) {
  const auto [place, text] = placeAndText(QString::fromStdString(event.text));
  RecordRow row;
  row.id = event.id;
  row.cells = {formatDateTime(event.time_us, zone), kindText(event.kind), place, text};
  row.sortKeys = {static_cast<double>(event.time_us)};
  row.tone = event.kind == "error" ? "bad" : event.kind == "warning" ? "warn" : "";
  return row;
}

} // namespace

EventsPanel::EventsPanel(QWidget *parent)
    : RecordTable(tr("Events"), {tr("Time"), tr("Kind"), tr("Where"), tr("What happened")}, {},
                  {170, 80, 230}, parent),
      m_kind(new QComboBox) {
  m_kind->setAccessibleName(tr("Kind of events"));
  m_kind->addItem(tr("All kinds"), QString());
  m_kind->addItem(tr("Errors"), QStringLiteral("error"));
  m_kind->addItem(tr("Warnings"), QStringLiteral("warning"));
  m_kind->addItem(tr("Notes"), QStringLiteral("note"));
  connect(m_kind, &QComboBox::currentIndexChanged, this, &EventsPanel::rebuild);
  addControl(m_kind);
}

void EventsPanel::show(const std::vector<EventEntry> &events, const QTimeZone &zone) {
  m_stored = events;
  m_zone = zone;
  rebuild();
}

void EventsPanel::addOwn(TimeUs time, const QString &kind, const QString &text) {
  if (m_own.size() == kMostOwn)
    m_own.erase(m_own.begin());
  m_own.push_back(
      {-1 - static_cast<std::int64_t>(m_own.size()), time, kind.toStdString(), text.toStdString()});
  rebuild();
}

void EventsPanel::rebuild() {
  std::vector<EventEntry> all = m_own;
  all.insert(all.end(), m_stored.begin(), m_stored.end());
  std::stable_sort(all.begin(), all.end(),
                   [](const EventEntry &a, const EventEntry &b) { return a.time_us > b.time_us; });
  std::vector<RecordRow> rows;
  const std::string kind = m_kind->currentData().toString().toStdString();
  for (const EventEntry &event : all)
    if (kind.empty() || event.kind == kind)
      rows.push_back(rowOf(event, m_zone));
  setNote(rows.size() == 1 ? tr("1 event")
                           : tr("%1 events").arg(formatCount(static_cast<std::int64_t>(rows.size()))));
  setRows(std::move(rows));
}

} // namespace meteorograph::ui
