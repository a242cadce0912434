// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/EventsPanel.h"

#include "ui/format/Format.h"
#include "ui/format/TimeFormat.h"

namespace meteorograph::ui {

namespace {

constexpr std::size_t kMostOwn = 200; // bounds memory when something fails again and again

QString kindText(const std::string &kind) {
  if (kind == "error")
    return EventsPanel::tr("error");
  return kind == "warning" ? EventsPanel::tr("warning") : EventsPanel::tr("note");
}

RecordRow rowOf(const EventEntry &event, const QTimeZone &zone) {
  RecordRow row;
  row.id = event.id;
  row.cells = {formatDateTime(event.time_us, zone), kindText(event.kind), QString::fromStdString(event.text)};
  row.sortKeys = {static_cast<double>(event.time_us)};
  row.tone = event.kind == "error" ? "bad" : event.kind == "warning" ? "warn" : "";
  return row;
}

} // namespace

EventsPanel::EventsPanel(QWidget *parent)
    : RecordTable(tr("Events"), {tr("Time"), tr("Kind"), tr("What happened")}, {}, {170, 80}, parent) {}

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
  for (const EventEntry &event : all)
    rows.push_back(rowOf(event, m_zone));
  setNote(tr("%1 events").arg(formatCount(static_cast<std::int64_t>(rows.size()))));
  setRows(std::move(rows));
}

} // namespace meteorograph::ui
