// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/TopBar.h"

#include "ui/Theme.h"
#include "ui/format/Format.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QPushButton>
#include <QToolButton>

namespace meteorograph::ui {

namespace {
// Below this width the texts are shortened.
constexpr int kWideEnough = 1420;
constexpr int kMargin = 12;
constexpr int kSpacing = 8;

/// The presets that go first where there is no room; the range menu has them too.
constexpr TimeUs kExpendable[] = {15 * kMinute, 6 * kHour, 30 * kDay, 7 * kDay, kDay, 5 * kMinute, kHour};
} // namespace

const std::vector<RangePreset> &rangePresets() {
  static const std::vector<RangePreset> presets = {{LiveSpan::last(kMinute), true},
                                                   {LiveSpan::last(5 * kMinute), true},
                                                   {LiveSpan::last(15 * kMinute), true},
                                                   {LiveSpan::last(30 * kMinute), false},
                                                   {LiveSpan::last(kHour), true},
                                                   {LiveSpan::last(3 * kHour), false},
                                                   {LiveSpan::last(6 * kHour), true},
                                                   {LiveSpan::last(12 * kHour), false},
                                                   {LiveSpan::last(kDay), true},
                                                   {LiveSpan::last(2 * kDay), false},
                                                   {LiveSpan::last(7 * kDay), true},
                                                   {LiveSpan::last(30 * kDay), true},
                                                   {LiveSpan::last(90 * kDay), false},
                                                   {LiveSpan::last(365 * kDay), false},
                                                   {LiveSpan::all(), true}};
  return presets;
}

QString presetText(const LiveSpan &span) {
  switch (span.kind) {
  case LiveSpan::Kind::All:
    return TopBar::tr("All data");
  case LiveSpan::Kind::Today:
    return TopBar::tr("Today so far");
  case LiveSpan::Kind::ThisWeek:
    return TopBar::tr("This week so far");
  case LiveSpan::Kind::Last:
    break;
  }
  return TopBar::tr("Last %1").arg(span.width_us == kMinute ? TopBar::tr("1 min")
                                                            : formatSpan(span.width_us));
}

QString presetButtonText(const LiveSpan &span) {
  return span.kind == LiveSpan::Kind::All ? TopBar::tr("All") : formatSpanShort(span.width_us);
}

TopBar::TopBar(QWidget *parent)
    : QFrame(parent), m_open(makeButton(tr("Open folder…"), tr("Open a data folder"))),
      m_export(makeButton(tr("Export…"), tr("Export what is seen"))),
      m_live(makeButton(tr("Live"), tr("Live state; press to follow the newest data"))),
      m_pause(makeButton({}, tr("Pause or resume the view"))), m_range(makeButton({}, tr("Range shown"))),
      m_average(makeButton({}, tr("Span of the moving average"))),
      m_zone(makeButton(QStringLiteral("UTC"), tr("Time zone"))) {
  setObjectName(QStringLiteral("topBar"));
  setFixedHeight(46);
  auto *layout = new QHBoxLayout(this);
  layout->setContentsMargins(kMargin, 0, kMargin, 0);
  layout->setSpacing(kSpacing);
  for (QWidget *widget : {m_open, m_export, m_live, m_pause})
    layout->addWidget(widget);
  layout->addStretch();
  layout->addWidget(makeSegments());
  for (QWidget *widget : {m_range, m_average, m_zone})
    layout->addWidget(widget);
  m_open->setProperty("writes", true);
  connect(m_open, &QPushButton::clicked, this, &TopBar::openRequested);
  connect(m_export, &QPushButton::clicked, this, &TopBar::exportRequested);
  connect(m_live, &QPushButton::clicked, this, &TopBar::liveClicked);
  connect(m_pause, &QPushButton::clicked, this, &TopBar::pauseClicked);
  showPause();
}

QPushButton *TopBar::makeButton(const QString &text, const QString &accessibleName, const char *icon) {
  auto *button = new QPushButton(text, this);
  button->setProperty("role", "bar");
  button->setAccessibleName(accessibleName);
  button->setToolTip(accessibleName);
  button->setFocusPolicy(Qt::TabFocus); // a click must not take Space away from the charts
  if (*icon)
    button->setIcon(QIcon(QString::fromLatin1(icon)));
  return button;
}

QWidget *TopBar::makeSegments() {
  auto *frame = m_frame = new QFrame(this);
  frame->setObjectName(QStringLiteral("segments"));
  frame->setFixedHeight(28);
  auto *layout = new QHBoxLayout(frame);
  layout->setContentsMargins(0, 0, 0, 0);
  layout->setSpacing(0);
  for (const RangePreset &preset : rangePresets()) {
    if (!preset.inBar)
      continue;
    auto *button = new QToolButton(frame);
    button->setText(presetButtonText(preset.span));
    button->setCheckable(true);
    button->setFocusPolicy(Qt::TabFocus);
    button->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Expanding);
    button->setAccessibleName(presetText(preset.span));
    button->setToolTip(presetText(preset.span));
    if (layout->isEmpty())
      button->setProperty("end", "first");
    else if (preset.span.kind == LiveSpan::Kind::All)
      button->setProperty("end", "last");
    m_segments[preset.span.width_us] = button;
    connect(button, &QToolButton::clicked, this, [this, span = preset.span] { Q_EMIT spanChosen(span); });
    layout->addWidget(button);
  }
  return frame;
}

void TopBar::setMenus(QMenu *range, QMenu *average, QMenu *zone) {
  m_range->setMenu(range);
  m_average->setMenu(average);
  m_zone->setMenu(zone);
}

void TopBar::showRange(const LiveState &live, TimeUs age, const QTimeZone &zone, TimeUs now) {
  m_isLive = live.isLive();
  const ViewRange range = live.range();
  const QString brief = formatRangeBrief(range, zone);
  if (!m_isLive)
    m_live->setText(tr("%1 · %2 new").arg(brief, formatCount(live.newReadings())));
  else if (age == kNoTime)
    m_live->setText(tr("● Live"));
  else if (live.nowIsNewestData() && age >= kDay)
    m_live->setText(tr("● Live · data of %1").arg(formatDate(live.reference(), zone)));
  else
    m_live->setText(tr("● Live · %1").arg(formatAge(age)));
  m_live->setToolTip(m_isLive
                         ? tr("The right edge follows the newest data.")
                         : tr("The range stands still; storing goes on. Press (or End) to follow again."));
  setTone(*m_live, m_isLive ? "live" : "detached");
  const auto &span = live.span();
  const bool isPreset = span.kind == LiveSpan::Kind::Last || span.kind == LiveSpan::Kind::All;
  for (const auto &[width, button] : m_segments)
    button->setChecked(m_isLive && isPreset &&
                       (span.kind == LiveSpan::Kind::All ? 0 : span.width_us) == width);
  m_range->setText(formatRange(range, zone, now));
  m_range->setToolTip(formatRangeExact(range, zone));
  showPause();
  dropPresets();
}

void TopBar::showPause() {
  const QString text = m_isLive ? tr("Pause view") : tr("Resume");
  m_pause->setText(m_compact ? text : tr("%1   Space").arg(text));
}

void TopBar::showAverage(const QString &label) {
  m_averageLabel = label;
  m_average->setText(m_compact ? label : tr("Average: %1").arg(label));
  dropPresets();
}

void TopBar::showZone(const QString &label) {
  m_zone->setText(label);
  dropPresets();
}

void TopBar::setDataControlsEnabled(bool enabled) {
  for (QPushButton *button : {m_export, m_live, m_pause, m_range, m_average})
    button->setEnabled(enabled);
  for (const auto &[width, button] : m_segments)
    button->setEnabled(enabled);
}

void TopBar::resizeEvent(QResizeEvent *event) {
  QFrame::resizeEvent(event);
  const bool compact = width() < kWideEnough;
  if (compact != m_compact) {
    m_compact = compact;
    adaptTexts();
  }
  m_dropped = 0;
  dropPresets();
}

int TopBar::neededWidth() const {
  int width = 2 * kMargin + 2; // with the segments' frame
  for (const QPushButton *button : {m_open, m_export, m_live, m_pause, m_range, m_average, m_zone})
    width += kSpacing + button->sizeHint().width();
  for (const auto &[span, button] : m_segments)
    width += button->isHidden() ? 0 : button->sizeHint().width();
  return width + kSpacing;
}

/// Until all texts are seen in full. Presets that went come back with another width only, so that they
/// do not come and go while the range's text changes.
void TopBar::dropPresets() {
  const auto apply = [this] {
    for (std::size_t i = 0; i < std::size(kExpendable); ++i)
      m_segments.at(kExpendable[i])->setVisible(i >= m_dropped);
    m_frame->setVisible(m_dropped <= std::size(kExpendable));
  };
  apply();
  while (m_dropped <= std::size(kExpendable) && neededWidth() > width()) {
    ++m_dropped;
    apply();
  }
}

void TopBar::adaptTexts() {
  m_open->setText(m_compact ? tr("Open…") : tr("Open folder…"));
  showPause();
  showAverage(m_averageLabel);
}

} // namespace meteorograph::ui
