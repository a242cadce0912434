// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/EngineClient.h"

#include <atomic>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

namespace meteorograph {

/// Which store to open, and what to do with it.
struct SessionPlan {
  std::string store;
  bool demo = false; ///< a temporary store with simulated devices; `store` is not used
  std::vector<std::string> follow;
  TimeUs allowed_lateness_us = 10 * kMinute;
};

/// One open store: a thread of its own opens the engine, keeps it, and closes it, so that the GUI
/// thread waits for no disk. In a demo it also owns the temporary folder and the simulator.
/// Made and used on the GUI thread; the handlers are called there.
class StoreSession {
public:
  struct Opened {
    std::shared_ptr<ui::EnginePort> port;
    std::string store;
  };
  StoreSession(SessionPlan plan, std::function<void(Result<Opened>)> opened);
  ~StoreSession(); ///< closes, and waits for it

  /// Asks the thread to end; `closed` is called when the store is free. The port must be unused by then.
  void close(std::function<void()> closed);

private:
  void run();
  void runDemo();
  void serve(const SessionPlan &plan);
  void waitForClose();

  SessionPlan m_plan;
  std::function<void(Result<Opened>)> m_opened;
  QObject m_receiver; ///< lives on the GUI thread; what is posted to it dies with it
  std::shared_ptr<ui::Mailbox> m_mailbox;
  std::mutex m_mutex;                 ///< guards the two below
  std::atomic<bool> m_closing{false}; ///< the engine reads it as well
  std::function<void()> m_closed;
  std::condition_variable m_wake;
  std::thread m_thread;
};

} // namespace meteorograph
