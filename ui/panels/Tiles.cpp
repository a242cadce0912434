// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/Tiles.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

namespace meteorograph::ui {

namespace {

constexpr std::size_t kMostTiles = 4; // more would not leave room for their figures

QLabel *makeLabel(const char *role) {
  auto *label = new QLabel;
  label->setProperty("role", role);
  return label;
}

QString extremeText(const QString &word, const std::optional<Extreme> &extreme, const Quantity &quantity,
                    const QString &time) {
  if (!extreme)
    return word + QStringLiteral(" —");
  const QString text = word + QLatin1Char(' ') + formatValue(extreme->value, quantity.name);
  return time.isEmpty() ? text : text + QStringLiteral(" · ") + time;
}

/// Maximum, minimum and trend, a line each; the times of the extremes only where there is room.
QString notesOf(const Quantity &quantity, const TileFacts &facts, const QTimeZone &zone, bool withTimes) {
  const auto timeOf = [&](const std::optional<Extreme> &extreme) {
    if (!extreme || !withTimes)
      return QString();
    return facts.several_days ? formatDayClock(extreme->time_us, zone) : formatClock(extreme->time_us, zone);
  };
  QStringList notes;
  notes << extremeText(Tile::tr("max"), facts.maximum, quantity, timeOf(facts.maximum));
  notes << extremeText(Tile::tr("min"), facts.minimum, quantity, timeOf(facts.minimum));
  if (facts.trend)
    notes << Tile::tr("%1 in %2").arg(formatTrend(*facts.trend, quantity.name), formatSpan(facts.trend_us));
  return notes.join(QLatin1Char('\n'));
}

/// "all devices", "4 devices", or the one device's name.
QString subjectOf(const Overview &overview, const ViewState &view) {
  for (const DeviceStatus &device : overview.devices)
    if (device.id == view.selectedDevice)
      return QString::fromStdString(device.name);
  const auto shown = view.shownDevices(overview);
  if (shown.size() == 1)
    return QString::fromStdString(shown.front()->name);
  return shown.size() == overview.devices.size() ? Tiles::tr("all devices")
                                                 : Tiles::tr("%1 devices").arg(shown.size());
}

} // namespace

Tile::Tile(QWidget *parent)
    : QFrame(parent), m_title(makeLabel("caption")), m_age(makeLabel("caption")),
      m_value(makeLabel("figure")), m_unit(makeLabel("unit")), m_notes(makeLabel("notes")) {
  setProperty("card", true);
  setMinimumWidth(150);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_notes->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  m_notes->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  auto *top = new QHBoxLayout;
  top->addWidget(m_title, 1);
  top->addWidget(m_age);
  auto *middle = new QHBoxLayout;
  middle->setSpacing(4);
  middle->addWidget(m_value, 0, Qt::AlignBottom);
  middle->addWidget(m_unit, 0, Qt::AlignBottom);
  middle->addWidget(m_notes, 1);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(14, 9, 14, 9);
  layout->setSpacing(0);
  layout->addLayout(top);
  layout->addLayout(middle, 1);
}

void Tile::show(const Quantity &quantity, const QString &subject, const TileFacts &facts,
                const QTimeZone &zone) {
  const QString title = quantityTitle(quantity.name);
  m_fullTitle = title + QStringLiteral(" · ") + subject;
  m_age->setText(facts.age_us ? formatAge(*facts.age_us) : tr("stale"));
  setTone(*m_age, facts.age_us ? "ok" : "bad");
  m_value->setText(facts.value ? formatValue(*facts.value, quantity.name) : QStringLiteral("—"));
  m_unit->setText(QString::fromStdString(quantity.unit));
  const ChartTheme &theme = themeOf(palette());
  const QColor colour = facts.value ? quantityColour(theme, quantity.name) : theme.faint;
  for (QLabel *label : {m_value, m_unit})
    if (const QString sheet = QStringLiteral("color: %1").arg(colour.name()); label->styleSheet() != sheet)
      label->setStyleSheet(sheet);
  m_fullNotes = notesOf(quantity, facts, zone, true);
  m_briefNotes = notesOf(quantity, facts, zone, false);
  fitNotes();
  setAccessibleName(tr("%1, %2: %3 %4").arg(title, subject, m_value->text(), m_unit->text()));
  setToolTip(tr("Mean of the latest moving averages, stale devices left out: %1 in it.").arg(facts.devices));
}

void Tile::fitNotes() {
  const int age = m_age->sizeHint().width() + 12;
  const int room = width() - layout()->contentsMargins().left() - layout()->contentsMargins().right() - age;
  m_title->setText(m_title->fontMetrics().elidedText(m_fullTitle, Qt::ElideRight, std::max(room, 0)));
  const int margins = layout()->contentsMargins().left() + layout()->contentsMargins().right();
  const int taken = m_value->sizeHint().width() + m_unit->sizeHint().width() + margins + 16;
  const QSize full = m_notes->fontMetrics().size(0, m_fullNotes);
  m_notes->setText(full.width() <= width() - taken ? m_fullNotes : m_briefNotes);
}

void Tile::resizeEvent(QResizeEvent *event) {
  QFrame::resizeEvent(event);
  fitNotes();
}

ClockTile::ClockTile(QWidget *parent)
    : QFrame(parent), m_clock(makeLabel("clock")), m_date(makeLabel("caption")) {
  setProperty("card", true);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  setMinimumWidth(150);
  setMaximumWidth(210);
  m_clock->setAlignment(Qt::AlignCenter);
  m_date->setAlignment(Qt::AlignCenter);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(8, 8, 8, 8);
  layout->setSpacing(2);
  layout->addStretch();
  layout->addWidget(m_clock);
  layout->addWidget(m_date);
  layout->addStretch();
}

void ClockTile::show(TimeUs time, const QString &zone, const QTimeZone &timeZone, bool isNewestData) {
  m_clock->setText(formatClock(time, timeZone));
  m_date->setText(formatDate(time, timeZone) + QStringLiteral(" · ") + zone);
  setToolTip(isNewestData ? tr("Time of the newest data; it is older than the range.") : tr("Wall clock"));
  setTone(*m_clock, isNewestData ? "dim" : "");
  setAccessibleName(m_clock->text() + QLatin1Char(' ') + m_date->text());
}

Tiles::Tiles(QWidget *parent) : QWidget(parent), m_layout(new QHBoxLayout(this)), m_clock(new ClockTile) {
  setFixedHeight(98);
  m_layout->setContentsMargins(0, 0, 0, 0);
  m_layout->setSpacing(10);
  m_layout->addWidget(m_clock, 1);
}

void Tiles::show(const Overview &overview, const SeriesSet &series, const ViewState &view,
                 const LiveState &live) {
  const std::vector<Quantity> panes = view.panes(overview);
  const std::size_t count = std::min(panes.size(), kMostTiles);
  while (m_tiles.size() < count) {
    m_tiles.push_back(new Tile);
    m_layout->insertWidget(m_layout->count() - 1, m_tiles.back(), 2);
  }
  const QString subject = subjectOf(overview, view);
  for (std::size_t i = 0; i < m_tiles.size(); ++i) {
    m_tiles[i]->setVisible(i < count);
    if (i >= count)
      continue;
    const TileFacts facts = tileFacts(panes[i], overview, series, view, live.range(), live.reference());
    m_tiles[i]->show(panes[i], subject, facts, view.timeZone());
  }
}

void Tiles::showClock(const ViewState &view, const LiveState &live, TimeUs now) {
  const bool newest = live.nowIsNewestData();
  m_clock->show(newest ? live.reference() : now, zoneLabel(view.zone), view.timeZone(), newest);
}

} // namespace meteorograph::ui
