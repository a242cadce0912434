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

void PictureMaker::begin(Order order) {
  m_isBusy = true;
  m_thread.start([this, order = std::move(order)] { make(order); });
}

void PictureMaker::make(const Order &order) {
  QElapsedTimer timer;
  timer.start();
  ChartPainter(order.scene, order.theme, order.size, order.layout)
      .render(m_next, order.devicePixelRatio, m_frame);
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
