// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/PictureMaker.h"

#include "ui/charts/ChartPainter.h"

#include <QElapsedTimer>

#include <utility>

namespace meteorograph::ui {

PictureMaker::PictureMaker(std::function<void()> finished) : m_finished(std::move(finished)) {
  m_thread.setMaxThreadCount(1);
  m_thread.setExpiryTimeout(-1); // it would forget its fonts
}

void PictureMaker::begin(Order order, std::optional<SeriesSet> series) {
  m_isBusy = true;
  static_cast<ChartSpec &>(m_scene) = std::move(order.chart);
  m_order = std::move(order);
  if (series)
    m_scene.series = std::move(*series);
  m_thread.start([this] { make(); });
}

void PictureMaker::make() {
  QElapsedTimer timer;
  timer.start();
  ChartPainter(m_scene, m_order.theme, m_order.size, m_order.layout)
      .render(m_next, m_order.devicePixelRatio, m_frame);
  m_frameMs = static_cast<double>(timer.nsecsElapsed()) / 1e6;
  m_done.release();
  m_finished();
}

bool PictureMaker::take(QImage &shown, int wait_ms) {
  if (!m_isBusy || !m_done.tryAcquire(1, wait_ms))
    return false;
  shown.swap(m_next);
  m_takenMs = m_frameMs;
  m_isBusy = false;
  return true;
}

} // namespace meteorograph::ui
