// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/DataPainter.h"

#include "ui/charts/ChartStyle.h"

#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <algorithm>
#include <atomic>
#include <functional>
#include <memory>

namespace meteorograph::ui {
namespace {

/// Does the work on this thread and at the same time on one of a pool, if that comes to it: the work itself
/// shares out what there is to do. Returns when both are through.
void onTwoThreads(const std::function<void()> &work) {
  const auto done = std::make_shared<QSemaphore>();
  const std::unique_ptr<QRunnable> other(QRunnable::create([&work, done] {
    const auto kept = done; // the waiting thread may be gone before it is let go entirely
    work();
    kept->release();
  }));
  other->setAutoDelete(false);
  QThreadPool::globalInstance()->start(other.get());
  work();
  if (!QThreadPool::globalInstance()->tryTake(other.get()))
    done->acquire();
}

} // namespace

DataPainter::DataPainter(const ChartScene &scene, const ChartTheme &theme, const ChartLayout &layout,
                         double scale)
    : m_scene(scene), m_theme(theme), m_layout(layout), m_scale(scale) {}

void DataPainter::paint() {
  for (std::size_t i = 0; i < m_layout.panes.size(); ++i)
    paintPane(i);
}

void DataPainter::paintPane(std::size_t index) {
  const PaneLayout &pane = m_layout.panes[index];
  if (pane.rows.empty())
    paintPlot(index, pane, std::nullopt);
  for (const DeviceId device : pane.rows)
    paintPlot(index, pane.row(device), device);
}

/// The first device of the list comes last, so that it lies on top.
void DataPainter::paintPlot(std::size_t index, const PaneLayout &plot, std::optional<DeviceId> only) {
  const PlotTransform transform(m_layout, plot, m_scale);
  std::vector<Item> items;
  for (auto device = m_scene.devices.rbegin(); device != m_scene.devices.rend(); ++device) {
    if (only.value_or(device->id) != device->id)
      continue;
    const PaneSpec &spec = m_scene.panes[index];
    const SeriesLine *line = findLine(m_scene, spec.quantity, device->id);
    if (line != nullptr && !line->points.empty())
      items.push_back({line, LineGeometry(*line, transform, 2 * m_scene.pens.rawDash * m_scale, m_room),
                       lineColour(m_scene, m_theme, spec, device->id), transform, drawsBand(m_scene, *line),
                       drawsRaw(m_scene, m_layout, *line)});
  }
  beginPane(transform.plot());
  for (Item &item : items)
    paintBands(item);
  for (Item &item : items)
    paintRaw(item);
  for (Item &item : items)
    paintAverage(item);
  for (const Item &item : items)
    paintDots(item);
  endPane();
}

void DataPainter::paintBands(Item &item) {
  if (!item.hasBand)
    return;
  for (const LineRun &run : item.geometry.runs())
    band(item.geometry.band(run), item.colour, kBandOpacity);
}

/// Dashed while dashes can be read; a line that turns in nearly every column becomes an even veil,
/// as faint as its dashes would be.
void DataPainter::paintRaw(Item &item) {
  if (!item.hasRaw)
    return;
  const double dash = m_scene.pens.rawDash * m_scale;
  for (const LineRun &run : item.geometry.runs()) {
    const std::span<const SpanVertex> vertices = item.geometry.raw(run, !item.hasBand);
    if (vertices.size() < 2)
      continue;
    const double width = static_cast<double>(vertices.back().x - vertices.front().x);
    const bool isDense = static_cast<double>(vertices.size()) > m_scene.pens.dashedCorners * width + 2;
    const SpanPen dashed{item.colour, m_scene.pens.rawOpacity, m_scene.pens.rawWidth * m_scale, dash, dash};
    const SpanPen veil{item.colour, m_scene.pens.rawOpacity * 0.5, m_scene.pens.rawWidth * m_scale, 0, 0};
    if (!isDense)
      item.geometry.measure();
    line(vertices, isDense ? veil : dashed);
  }
}

void DataPainter::paintAverage(Item &item) {
  if (!m_scene.showAverage)
    return;
  for (const LineRun &run : item.geometry.runs()) {
    const std::span<const SpanVertex> vertices = item.geometry.average(run);
    if (vertices.size() > 1)
      line(vertices, {item.colour, 1, m_scene.pens.averageWidth * m_scale, 0, 0});
  }
}

/// Isolated points, and single readings where they lie far apart.
void DataPainter::paintDots(const Item &item) {
  const QRectF &plot = item.transform.plot();
  for (const LineRun &run : item.geometry.runs()) {
    const std::vector<SeriesPoint> &points = item.line->points;
    const bool isolated = run.end - run.begin == 1;
    const double width =
        item.transform.x(points[run.end - 1].last_us) - item.transform.x(points[run.begin].first_us);
    const auto gaps = static_cast<double>(run.end - run.begin) - 1;
    if (!isolated && (!item.hasRaw || width < gaps * kSparsePixels * m_scale))
      continue;
    const double size = (isolated ? kDotSize : kReadingSize) * m_scale;
    for (std::size_t i = run.begin; i < run.end; ++i) {
      const double x = item.transform.x(points[i].first_us);
      if (x < plot.left() - size || x > plot.right() + size)
        continue;
      const double value = m_scene.showRaw || item.hasBand ? points[i].mean : points[i].average;
      dot(x, item.transform.y(value), size, item.colour, 1);
    }
  }
}

SpanDataPainter::SpanDataPainter(QImage &image, const ChartScene &scene, const ChartTheme &theme,
                                 const ChartLayout &layout)
    : DataPainter(scene, theme, layout, image.devicePixelRatio()), m_image(image) {}

void paintDataBySpans(QImage &image, const ChartScene &scene, const ChartTheme &theme,
                      const ChartLayout &layout) {
  uchar *const pixels = image.bits(); // copies them if they are shared, which only one thread may do
  std::atomic<std::size_t> next = 0;
  const auto paintPanes = [&] {
    QImage view(pixels, image.width(), image.height(), image.bytesPerLine(), image.format());
    view.setDevicePixelRatio(image.devicePixelRatio());
    SpanDataPainter painter(view, scene, theme, layout);
    for (std::size_t pane = next++; pane < layout.panes.size(); pane = next++)
      painter.paintPane(pane);
  };
  if (layout.panes.size() > 1 && QThread::idealThreadCount() > 1)
    onTwoThreads(paintPanes);
  else
    paintPanes();
}

} // namespace meteorograph::ui
