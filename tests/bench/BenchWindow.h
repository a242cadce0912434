// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/engine/Engine.h"
#include "ui/EngineClient.h"
#include "ui/MainWindow.h"
#include "ui/settings/Settings.h"

#include <functional>
#include <optional>

namespace meteorograph::ui {
class ChartView;
}

namespace meteorograph::bench {

/// The program's window over a store, put together as the program does it, with charts of 1600 × 1000,
/// and an eye on what it paints. Needs an application; GUI thread.
class BenchWindow : public QObject {
public:
  /// The settings go into `folder`.
  BenchWindow(const std::string &store, const std::string &folder);
  ~BenchWindow() override;

  ui::MainWindow &window() { return *m_window; }
  ui::ViewController &controller() { return m_window->controller(); }
  ui::ChartView &charts() { return *m_charts; }
  Engine &engine() { return *m_engine; }

  /// Pictures of the charts that have reached the window since the last call.
  int takePainted() { return std::exchange(m_painted, 0); }
  /// Waits until the charts show what the store holds of the chosen range; a failure after some seconds.
  void awaitExact();
  void awaitOverview();

  void showRange(ui::ViewRange range);
  /// A turn of the wheel over the charts, `share` of their width from the left; with Shift it pans.
  void turnWheel(double share, int angle, bool shift);

private:
  void count();
  bool isExact();

  std::unique_ptr<Engine> m_engine;
  std::unique_ptr<ui::EngineClient> m_client;
  ui::Settings m_settings;
  std::unique_ptr<ui::MainWindow> m_window;
  ui::ChartView *m_charts;
  int m_painted = 0;
  std::function<void()> m_whenExact;
};

} // namespace meteorograph::bench
