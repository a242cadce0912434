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

namespace meteorograph::ui {
namespace {

constexpr int kResolution = 1200; // fine enough that hairlines do not wander
constexpr double kMargin = 28;    // points, 10 mm
// What follows is in units of 1/96 inch, in which text of the charts' 11 is 8¼ points.
constexpr double kUnits = 96;
constexpr double kHead = 56;
constexpr double kFoot = 22;
constexpr double kTableGap = 12;
constexpr double kGoodPane = 130; // high enough to see shapes

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

double goodHeight(const ChartScene &scene) {
  double height = 0;
  for (const PaneSpec &pane : scene.panes)
    height += std::max(kGoodPane, leastPaneHeight(scene, pane));
  return height;
}

/// How the charts and the table share the pages.
struct PagePlan {
  QPageLayout layout;
  QSizeF size; ///< of a page within its margins
  double charts = 0;
  bool tableBeneath = true;
  int pages = 1;
};

PagePlan planFor(const ChartScene &scene, ExportPlan::Paper paper, QPageLayout::Orientation orientation) {
  PagePlan plan{pageLayout(paper, orientation), {}, 0, true, 1};
  plan.size = pageSize(plan.layout);
  const StatisticsTable table(scene, plan.size.width());
  const double room = plan.size.height() - kHead - kFoot;
  plan.charts = room - kTableGap - table.height();
  plan.tableBeneath = plan.charts >= goodHeight(scene);
  if (!plan.tableBeneath) {
    plan.charts = room;
    plan.pages += table.pages(room);
  }
  return plan;
}

/// Fewer pages win, then room enough for every pane, then landscape.
PagePlan planFor(const ChartScene &scene, ExportPlan::Paper paper) {
  const PagePlan landscape = planFor(scene, paper, QPageLayout::Landscape);
  const PagePlan portrait = planFor(scene, paper, QPageLayout::Portrait);
  if (landscape.pages != portrait.pages)
    return landscape.pages < portrait.pages ? landscape : portrait;
  return landscape.charts >= goodHeight(scene) ? landscape : portrait;
}

/// Writes one document; lives during one call.
class PageWriter {
public:
  PageWriter(const ChartScene &scene, const PictureOrder &order)
      : m_scene(scene), m_order(order), m_theme(chartTheme(false)), m_plan(planFor(scene, order.paper)) {
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
    paintFirstPage(painter);
    const StatisticsTable table(m_scene, m_plan.size.width());
    for (int page = 2; page <= m_plan.pages; ++page) {
      writer.newPage();
      const QRectF room(0, kHead, m_plan.size.width(), m_plan.size.height() - kHead - kFoot);
      paintHead(painter);
      table.paintPage(painter, room, page - 2);
      paintFoot(painter, page);
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

  void paintFirstPage(QPainter &painter) const {
    paintHead(painter);
    painter.save();
    painter.translate(0, kHead);
    ChartPainter(m_scene, m_theme, QSizeF(m_plan.size.width(), m_plan.charts)).paintVector(painter);
    painter.restore();
    if (m_plan.tableBeneath) {
      const double top = kHead + m_plan.charts + kTableGap;
      const StatisticsTable table(m_scene, m_plan.size.width());
      table.paintPage(painter, QRectF(0, top, m_plan.size.width(), table.height()), 0);
    }
    paintFoot(painter, 1);
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
    const QString pages = tr(" · page %1 of %2").arg(page).arg(m_plan.pages);
    text(painter, row, Qt::AlignRight, m_plan.pages > 1 ? made + pages : made);
  }

  ChartScene m_scene;
  const PictureOrder &m_order;
  const ChartTheme &m_theme;
  PagePlan m_plan;
};

} // namespace

QByteArray chartPage(const ChartScene &scene, const PictureOrder &order) {
  return PageWriter(scene, order).write();
}

} // namespace meteorograph::ui
