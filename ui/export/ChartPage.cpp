// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/export/ChartPage.h"

#include "ui/charts/ChartPainter.h"
#include "ui/export/StatisticsTable.h"
#include "ui/format/Format.h"

#include <QBuffer>
#include <QCoreApplication>
#include <QFontMetricsF>
#include <QPageSize>
#include <QPainter>
#include <QPdfWriter>

#include <algorithm>
#include <vector>

namespace meteorograph::ui {
namespace {

constexpr int kResolution = 1200; // fine enough that hairlines do not wander
constexpr double kMargin = 28;    // points, 10 mm
// What follows is in units of 1/96 inch, in which text of the charts' 11 is 8¼ points.
constexpr double kUnits = 96;
constexpr double kHead = 56;
constexpr double kFoot = 22;
constexpr double kTableGap = 12;
constexpr double kGoodPane = 150; // high enough to see shapes

QString tr(const char *text) { return QCoreApplication::translate("meteorograph::ui::Chart", text); }

QString titleOf(const ChartScene &scene) {
  QStringList titles;
  for (const PaneSpec &pane : scene.panes)
    titles << pane.title;
  return titles.join(QStringLiteral(", "));
}

QPageLayout pageLayout(ExportPlan::Paper paper, QPageLayout::Orientation orientation) {
  return QPageLayout(QPageSize(paper == ExportPlan::Paper::A4 ? QPageSize::A4 : QPageSize::Letter),
                     orientation, QMarginsF(kMargin, kMargin, kMargin, kMargin), QPageLayout::Point);
}

QSizeF pageSize(const QPageLayout &layout) { return layout.paintRect(QPageLayout::Inch).size() * kUnits; }

using Panes = std::vector<PaneSpec>;

/// In parts that differ by one pane at most.
std::vector<Panes> dealt(const Panes &panes, std::size_t parts) {
  std::vector<Panes> dealt;
  for (std::size_t part = 0; part < parts; ++part)
    dealt.emplace_back(panes.begin() + static_cast<std::ptrdiff_t>(panes.size() * part / parts),
                       panes.begin() + static_cast<std::ptrdiff_t>(panes.size() * (part + 1) / parts));
  return dealt;
}

/// How the charts and the table share the pages.
struct PagePlan {
  QPageLayout layout;
  QSizeF size;               ///< of a page within its margins
  std::vector<Panes> charts; ///< of each page that has some
  bool tableBeneath;         ///< of the page's panes; else the table has pages of its own, the last ones

  double room() const { return size.height() - kHead - kFoot; }
  double chartHeight(const ChartScene &page) const {
    return tableBeneath ? room() - kTableGap - StatisticsTable(page, size.width()).height() : room();
  }
};

/// Of the charts of one page, where each pane has room enough.
double goodHeight(const ChartScene &page) {
  double height = readableSize(page, QSize()).height();
  for (const PaneSpec &pane : page.panes)
    height += std::max(0.0, kGoodPane - leastPaneHeight(page, pane));
  return height;
}

bool hasRoom(ChartScene scene, const PagePlan &plan) {
  return std::all_of(plan.charts.begin(), plan.charts.end(), [&](const Panes &panes) {
    scene.panes = panes;
    return plan.chartHeight(scene) >= goodHeight(scene);
  });
}

/// The table beneath its charts wins, then few pages, then landscape.
PagePlan planFor(const ChartScene &scene, ExportPlan::Paper paper) {
  PagePlan plan;
  for (const bool beneath : {true, false})
    for (std::size_t pages = 1; pages <= std::max(std::size_t{1}, scene.panes.size()); ++pages)
      for (const auto orientation : {QPageLayout::Landscape, QPageLayout::Portrait}) {
        const QPageLayout layout = pageLayout(paper, orientation);
        plan = {layout, pageSize(layout), dealt(scene.panes, pages), beneath};
        if (hasRoom(scene, plan))
          return plan;
      }
  return plan;
}

/// Writes one document; lives during one call.
class PageWriter {
public:
  PageWriter(const ChartScene &scene, const PictureOrder &order)
      : m_scene(scene), m_order(order), m_theme(chartTheme(false)), m_plan(planFor(scene, order.paper)),
        m_charts(static_cast<int>(m_plan.charts.size())),
        m_pages(m_charts + (m_plan.tableBeneath
                                ? 0
                                : StatisticsTable(scene, m_plan.size.width()).pages(m_plan.room()))) {
    m_scene.showDeviceNames = !m_plan.tableBeneath;
  }

  QByteArray write() {
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::WriteOnly);
    QPdfWriter writer(&buffer);
    writer.setResolution(kResolution);
    writer.setPageLayout(m_plan.layout);
    writer.setTitle(tr("%1 · %2").arg(titleOf(m_scene), rangeTitle(m_scene)));
    writer.setCreator(QStringLiteral("Meteorograph " METEOROGRAPH_VERSION));
    QPainter painter;
    if (!painter.begin(&writer))
      return {};
    painter.scale(kResolution / kUnits, kResolution / kUnits);
    const Panes all = m_scene.panes;
    for (int page = 0; page < m_pages; ++page) {
      if (page > 0)
        writer.newPage();
      m_scene.panes = page < m_charts ? m_plan.charts[static_cast<std::size_t>(page)] : all;
      paintHead(painter);
      page < m_charts ? paintCharts(painter) : paintTable(painter, kHead, m_plan.room(), page - m_charts);
      paintFoot(painter, page + 1);
    }
    return painter.end() ? bytes : QByteArray();
  }

private:
  QFont font(int size, QFont::Weight weight = QFont::Normal) const {
    QFont font = m_theme.font;
    font.setPixelSize(size);
    font.setWeight(weight);
    return font;
  }

  void text(QPainter &painter, const QRectF &place, Qt::Alignment side, const QString &text) const {
    const QString fitting = QFontMetricsF(painter.font()).elidedText(text, Qt::ElideRight, place.width());
    painter.drawText(place, side | Qt::AlignVCenter, fitting);
  }

  void paintCharts(QPainter &painter) const {
    const double height = m_plan.chartHeight(m_scene);
    painter.save();
    painter.translate(0, kHead);
    ChartPainter(m_scene, m_theme, QSizeF(m_plan.size.width(), height)).paintVector(painter);
    painter.restore();
    if (m_plan.tableBeneath)
      paintTable(painter, kHead + height + kTableGap, m_plan.room() - height, 0);
  }

  void paintTable(QPainter &painter, double top, double height, int page) const {
    const StatisticsTable table(m_scene, m_plan.size.width());
    table.paintPage(painter, QRectF(0, top, m_plan.size.width(), height), page);
  }

  void paintHead(QPainter &painter) const {
    const double width = m_plan.size.width();
    painter.setFont(font(18, QFont::DemiBold));
    painter.setPen(m_theme.text);
    text(painter, QRectF(0, 0, width * 0.7, 24), Qt::AlignLeft, titleOf(m_scene));
    painter.setFont(font(12));
    text(painter, QRectF(width * 0.7, 2, width * 0.3, 22), Qt::AlignRight, m_order.store);
    painter.setPen(m_theme.dim);
    text(painter, QRectF(0, 26, width, 18), Qt::AlignLeft, rangeTitle(m_scene));
  }

  void paintFoot(QPainter &painter, int page) const {
    const double width = m_plan.size.width();
    const QRectF row(0, m_plan.size.height() - 16, width, 16);
    painter.setFont(font(10));
    painter.setPen(m_theme.dim);
    text(painter, row, Qt::AlignLeft, QStringLiteral("Meteorograph " METEOROGRAPH_VERSION));
    const QString made =
        tr("Made %1 %2")
            .arg(formatDateTime(m_order.made_us, m_scene.zone), QString::fromUtf8(m_scene.zone.id()));
    const QString pages = tr(" · page %1 of %2").arg(page).arg(m_pages);
    text(painter, row, Qt::AlignRight, m_pages > 1 ? made + pages : made);
  }

  ChartScene m_scene; ///< with the panes of the page that is written
  const PictureOrder &m_order;
  const ChartTheme &m_theme;
  PagePlan m_plan;
  int m_charts; ///< pages with charts
  int m_pages;
};

} // namespace

QByteArray chartPage(const ChartScene &scene, const PictureOrder &order) {
  return PageWriter(scene, order).write();
}

} // namespace meteorograph::ui
