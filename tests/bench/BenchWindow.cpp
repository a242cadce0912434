// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/BenchWindow.h"

#include "tests/bench/Run.h"

#include "core/engine/StepBack.h"
#include "ui/charts/ChartView.h"

#include <QCoreApplication>
#include <QEventLoop>
#include <QTimer>
#include <QWheelEvent>

#include <thread>

namespace meteorograph::bench {

namespace {

constexpr QSize kCharts(1600, 1000);
constexpr int kGiveUp_ms = 20'000;

std::unique_ptr<Engine> openEngine(const std::string &store) {
  EngineOptions options;
  options.store_path = store;
  Result<std::unique_ptr<Engine>> engine;
  std::thread([&] { // as the program's session does
    stepBack();
    engine = Engine::open(std::move(options));
  })
      .join();
  return require(std::move(engine));
}

/// Runs the event loop until `done` is called by what `start` sets up.
void await(const std::function<void(std::function<void()> done)> &start, const std::string &what) {
  QEventLoop loop;
  bool isDone = false;
  start([&] {
    isDone = true;
    loop.quit();
  });
  QTimer::singleShot(kGiveUp_ms, &loop, &QEventLoop::quit);
  if (!isDone)
    loop.exec();
  require(isDone, what);
}

} // namespace

BenchWindow::BenchWindow(const std::string &store, const std::string &folder)
    : m_engine(openEngine(store)), m_client(std::make_unique<ui::EngineClient>(ui::portTo(*m_engine))),
      m_settings(QString::fromStdString(folder + "/settings.ini")),
      m_window(std::make_unique<ui::MainWindow>(m_settings)),
      m_charts(m_window->findChild<ui::ChartView *>()) {
  m_window->show();
  m_window->setClient(m_client.get(), QString::fromStdString(store));
  connect(m_charts, &ui::ChartView::pictureShown, this, &BenchWindow::count);
  awaitOverview();
  m_window->resize(m_window->size() + kCharts - m_charts->size());
  QCoreApplication::processEvents();
  require(m_charts->size() == kCharts, "the charts have not the size that is measured");
}

BenchWindow::~BenchWindow() {
  m_charts->removeEventFilter(this);
  m_window->setClient(nullptr, {});
  m_window.reset();
  m_client.reset();
  m_engine->stop();
}

void BenchWindow::awaitOverview() {
  await(
      [this](const std::function<void()> &done) {
        connect(&controller(), &ui::ViewController::overviewChanged, this, [this, done] {
          if (controller().hasOverview())
            done();
        });
      },
      "the window got no overview");
  disconnect(&controller(), &ui::ViewController::overviewChanged, this, nullptr);
}

void BenchWindow::awaitExact() {
  await([this](const std::function<void()> &done) { m_whenExact = done; }, "the exact picture does not come");
  m_whenExact = nullptr;
}

/// Whether the next picture shows the answer to what was asked last.
bool BenchWindow::isExact() {
  const ui::ViewRange range = controller().live().range();
  const SeriesSet &series = controller().series();
  return series.from_us == range.from_us && series.to_us == range.to_us && !series.lines.empty();
}

/// What is counted has left the paint event and gone into the window.
void BenchWindow::count() {
  const bool exact = isExact() && m_charts->isUpToDate();
  const auto painted = [this, exact] {
    ++m_painted;
    if (exact && m_whenExact)
      m_whenExact();
  };
  QMetaObject::invokeMethod(this, painted, Qt::QueuedConnection);
}

void BenchWindow::showRange(ui::ViewRange range) {
  controller().changeRange([range](ui::LiveState &live) { live.showRange(range); });
}

void BenchWindow::turnWheel(double share, int angle, bool shift) {
  const QPointF at(m_charts->width() * share, m_charts->height() / 2.0);
  QWheelEvent event(at, m_charts->mapToGlobal(at), QPoint(), QPoint(0, angle), Qt::NoButton,
                    shift ? Qt::ShiftModifier : Qt::NoModifier, Qt::NoScrollPhase, false);
  QCoreApplication::sendEvent(m_charts, &event);
}

} // namespace meteorograph::bench
