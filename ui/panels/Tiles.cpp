// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/panels/Tiles.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QHBoxLayout>
#include <QStyle>
#include <QVBoxLayout>

#include <algorithm>
#include <limits>

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

/// Maximum, minimum and trend, a line each.
QString notesOf(const Quantity &quantity, const TileFacts &facts, const QString &maximum,
                const QString &minimum, bool hasTrend) {
  QStringList notes;
  notes << extremeText(Tile::tr("max"), facts.maximum, quantity, maximum);
  notes << extremeText(Tile::tr("min"), facts.minimum, quantity, minimum);
  if (facts.trend && hasTrend)
    notes << Tile::tr("%1 per hour").arg(formatTrend(*facts.trend, quantity.name));
  return notes.join(QLatin1Char('\n'));
}

/// Clock alone within a day; with the day in a longer range; with the year where it is not this one.
QString timeOf(const Extreme &extreme, const ViewRange &range, const QTimeZone &zone, TimeUs now) {
  const auto yearOf = [&zone](TimeUs time) { return formatDate(time, zone).section(QLatin1Char(' '), -1); };
  if (range.width() <= kDay)
    return formatClock(extreme.time_us, zone);
  const bool thisYear = yearOf(range.from_us) == yearOf(now) && yearOf(range.to_us) == yearOf(now);
  return thisYear ? formatDayClock(extreme.time_us, zone)
                  : formatDate(extreme.time_us, zone) + QLatin1Char(' ') +
                        formatClock(extreme.time_us, zone).section(QLatin1Char(':'), 0, 1);
}

/// "Maximum 27.9 °C: rpi-lobby, 22 Nov 2026 14:03:41"
QString sentenceOf(const QString &word, const Extreme &extreme, const Quantity &quantity,
                   const Overview &overview, const QTimeZone &zone) {
  QString device;
  for (const DeviceStatus &status : overview.devices)
    if (status.id == extreme.device)
      device = QString::fromStdString(status.name) + QStringLiteral(", ");
  return word + QLatin1Char(' ') + formatWithUnit(extreme.value, quantity) + QStringLiteral(": ") + device +
         formatDateTime(extreme.time_us, zone);
}

/// "all devices", "4 devices", or the one device's name.
QString subjectOf(const Overview &overview, const ViewState &view) {
  for (const DeviceStatus &device : overview.devices)
    if (device.id == view.selectedDevice)
      return QString::fromStdString(device.name);
  const auto shown = view.shownDevices(overview);
  if (shown.empty())
    return Tiles::tr("no device is chosen");
  if (shown.size() == 1)
    return QString::fromStdString(shown.front()->name);
  return shown.size() == overview.devices.size() ? Tiles::tr("all devices")
                                                 : Tiles::tr("%1 devices").arg(shown.size());
}

} // namespace

Tile::Tile(QWidget *parent)
    : QFrame(parent), m_title(makeLabel("caption")), m_age(makeLabel("caption")),
      m_value(makeLabel("figure")), m_unit(makeLabel("unit")), m_notes(makeLabel("notes")),
      m_hour(new Sparkline) {
  setProperty("card", true);
  setMinimumWidth(150);
  setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Expanding);
  m_title->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  m_notes->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
  auto *top = new QHBoxLayout;
  top->addWidget(m_title, 1);
  top->addWidget(m_age);
  auto *middle = new QHBoxLayout;
  middle->setSpacing(4);
  middle->addWidget(m_value, 0, Qt::AlignBottom);
  middle->addWidget(m_unit, 0, Qt::AlignBottom);
  middle->addSpacing(8);
  middle->addWidget(m_hour, 4);
  middle->addStretch(1);
  middle->addWidget(m_notes);
  auto *layout = new QVBoxLayout(this);
  layout->setContentsMargins(14, 9, 14, 9);
  layout->setSpacing(0);
  layout->addLayout(top);
  layout->addLayout(middle, 1);
}

void Tile::show(const Quantity &quantity, const TileFacts &facts, const Words &words) {
  const QString title = quantityTitle(quantity.name);
  m_fullTitle = title + QStringLiteral(" · ") + words.subject;
  const QString silent = facts.silent_us ? QLatin1Char(' ') + formatAge(*facts.silent_us) : QString();
  const bool isStale = !facts.age_us && words.hasDevices;
  m_age->setText(facts.age_us ? formatAge(*facts.age_us) : isStale ? tr("⚠ stale") + silent : QString());
  setTone(*m_age, isStale ? "bad" : "ok");
  showStale(isStale);
  const std::optional<double> value = facts.value ? facts.value : facts.lastValue;
  m_value->setText(value ? formatValue(*value, quantity.name) : QStringLiteral("—"));
  m_unit->setText(QString::fromStdString(quantity.unit));
  const ChartTheme &theme = themeOf(palette());
  const QColor colour = facts.value ? quantityColour(theme, quantity.name) : theme.faint;
  for (QLabel *label : {m_value, m_unit})
    if (const QString sheet = QStringLiteral("color: %1").arg(colour.name()); label->styleSheet() != sheet)
      label->setStyleSheet(sheet);
  m_hour->show(facts.hour, colour);
  m_texts = {notesOf(quantity, facts, words.maximum, words.minimum, true),
             notesOf(quantity, facts, {}, {}, true), notesOf(quantity, facts, {}, {}, false), QString()};
  const QString spoken =
      facts.value || !isStale ? m_value->text() : tr("stale, last %1").arg(m_value->text());
  setAccessibleName(tr("%1, %2: %3 %4").arg(title, words.subject, spoken, m_unit->text()));
  setAccessibleDescription(m_texts[WithTimes]);
  setToolTip(tr("Mean of the latest moving averages, stale devices left out: %1 in it.").arg(facts.devices) +
             words.tip);
}

void Tile::showStale(bool stale) {
  if (stale == m_stale)
    return;
  m_stale = stale;
  setProperty("stale", stale);
  style()->unpolish(this);
  style()->polish(this);
}

int Tile::roomForNotes() const {
  constexpr int kSpacing = 28; // of the row
  const QMargins margins = layout()->contentsMargins();
  return width() - margins.left() - margins.right() - m_value->sizeHint().width() -
         m_unit->sizeHint().width() - kSpacing;
}

int Tile::widthOf(Notes notes) const {
  return m_texts[notes].isEmpty() ? 0 : m_notes->fontMetrics().size(0, m_texts[notes]).width();
}

void Tile::fit(Notes notes, bool showsHour) {
  const QMargins margins = layout()->contentsMargins();
  const int age = m_age->sizeHint().width() + 12;
  const int room = std::max(width() - margins.left() - margins.right() - age, 0);
  m_title->setText(m_title->fontMetrics().elidedText(m_fullTitle, Qt::ElideRight, room));
  m_notes->setText(m_texts[notes]);
  m_notes->setVisible(notes != NoNotes);
  m_hour->setVisible(showsHour && m_hour->hasLine());
}

void Tile::resizeEvent(QResizeEvent *event) {
  QFrame::resizeEvent(event);
  Q_EMIT resized();
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
  connect(&m_history, &TileHistory::changed, this, &Tiles::historyChanged);
}

std::vector<Quantity> Tiles::quantitiesOf(const Overview &overview, const ViewState &view) const {
  std::vector<Quantity> quantities = view.panes(overview);
  const auto place = [this](const Quantity &quantity) {
    const qsizetype index = m_order.indexOf(QString::fromStdString(quantity.name));
    return index < 0 ? m_order.size() : index;
  };
  std::stable_sort(quantities.begin(), quantities.end(),
                   [&](const Quantity &a, const Quantity &b) { return place(a) < place(b); });
  quantities.resize(std::min(quantities.size(), kMostTiles));
  return quantities;
}

Tile::Words Tiles::wordsOf(const Quantity &quantity, TileFacts &facts, const Overview &overview,
                           const ViewState &view, const LiveState &live, TimeUs now) {
  Tile::Words words;
  words.subject = subjectOf(overview, view);
  words.hasDevices = !tileDevices(overview, view).empty();
  const QTimeZone zone = view.timeZone();
  for (const bool isMaximum : {true, false}) {
    std::optional<Extreme> &extreme = isMaximum ? facts.maximum : facts.minimum;
    if (!extreme)
      continue;
    *extreme = m_history.exact(quantity.id, isMaximum, *extreme);
    (isMaximum ? words.maximum : words.minimum) = timeOf(*extreme, live.range(), zone, now);
    const QString word = isMaximum ? tr("Maximum") : tr("Minimum");
    words.tip += QLatin1Char('\n') + sentenceOf(word, *extreme, quantity, overview, zone);
  }
  return words;
}

void Tiles::show(const Overview &overview, const SeriesSet &series, const ViewState &view,
                 const LiveState &live, TimeUs now) {
  const std::vector<Quantity> quantities = quantitiesOf(overview, view);
  while (m_tiles.size() < quantities.size()) {
    m_tiles.push_back(new Tile);
    connect(m_tiles.back(), &Tile::resized, this, &Tiles::fitTiles);
    m_layout->insertWidget(m_layout->count() - 1, m_tiles.back(), 2);
  }
  std::vector<QuantityId> ids;
  for (const Quantity &quantity : quantities)
    ids.push_back(quantity.id);
  std::vector<DeviceId> devices;
  for (const DeviceStatus *device : tileDevices(overview, view))
    devices.push_back(device->id);
  m_history.wantHour(ids, devices, live.reference());
  for (std::size_t i = 0; i < m_tiles.size(); ++i) {
    m_tiles[i]->setVisible(i < quantities.size());
    if (i >= quantities.size())
      continue;
    TileFacts facts =
        tileFacts(quantities[i], overview, series, m_history.hour(), view, live.range(), live.reference());
    m_tiles[i]->show(quantities[i], facts, wordsOf(quantities[i], facts, overview, view, live, now));
  }
  fitTiles();
}

/// What one tile has no room for, none shows: the times of the extremes go first, then the trend, then
/// all notes, so that no value is ever cut. The line of the hour takes what is left.
void Tiles::fitTiles() {
  int notes = Tile::WithTimes;
  int left = std::numeric_limits<int>::max();
  const auto isUsed = [](const Tile *tile) { return !tile->isHidden(); };
  for (const Tile *tile : m_tiles)
    while (isUsed(tile) && notes < Tile::NoNotes &&
           tile->widthOf(static_cast<Tile::Notes>(notes)) > tile->roomForNotes())
      ++notes;
  const auto chosen = static_cast<Tile::Notes>(notes);
  for (const Tile *tile : m_tiles)
    if (isUsed(tile))
      left = std::min(left, tile->roomForNotes() - tile->widthOf(chosen));
  for (Tile *tile : m_tiles)
    tile->fit(chosen, left >= Sparkline::kLeastWidth);
}

void Tiles::showClock(const ViewState &view, const LiveState &live, TimeUs now) {
  const bool newest = live.nowIsNewestData();
  m_clock->show(newest ? live.reference() : now, zoneLabel(view.zone), view.timeZone(), newest);
}

} // namespace meteorograph::ui
