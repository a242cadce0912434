// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/StoreSession.h"
#include "ui/EngineClient.h"

#include <optional>
#include <string>
#include <vector>

namespace meteorograph::ui {
class MainWindow;
class Settings;
} // namespace meteorograph::ui

namespace meteorograph {

/// What the command line asks of the window.
struct WindowOptions {
  std::string store;                ///< empty: that of the last session, else the default one
  bool demo = false;                ///< simulated devices in a temporary store, removed at the end
  std::vector<std::string> folders; ///< to read and follow
};

/// Builds the window and the store's session, ties them together, and takes them apart in the right
/// order. GUI thread.
class Application {
public:
  Application(ui::Settings &settings, ui::MainWindow &window);
  ~Application();
  void start(const WindowOptions &options);

private:
  void open(const SessionPlan &plan);
  void begin(const SessionPlan &plan);
  void opened(const SessionPlan &plan, const Result<StoreSession::Opened> &result);
  void openPaths(const QStringList &paths);
  SessionPlan planFor(const std::string &store) const;

  ui::Settings &m_settings;
  ui::MainWindow &m_window;
  std::unique_ptr<StoreSession> m_session;
  std::unique_ptr<ui::EngineClient> m_client;
  bool m_demo = false;
};

/// Runs the window until it is closed; the program's exit code.
int runWindow(int argc, char **argv, const WindowOptions &options);

} // namespace meteorograph
