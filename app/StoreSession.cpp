// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/StoreSession.h"

#include "core/engine/StepBack.h"
#include "core/source/Simulator.h"

#include <QTemporaryDir>

#include <atomic>

namespace meteorograph {

namespace {

constexpr int kDemoDevices = 4;
constexpr double kDemoRateHz = 2;
// A few late records and a few broken ones, so that the demo shows what becomes of them.
constexpr double kDemoLate = 0.002;
constexpr double kDemoBad = 0.001;

SimulatorOptions demoOptions(const std::string &folder) {
  SimulatorOptions options;
  options.folder = folder;
  options.devices = kDemoDevices;
  options.rate_hz = kDemoRateHz;
  options.duration_s = std::nullopt;
  options.late_fraction = kDemoLate;
  options.bad_fraction = kDemoBad;
  return options;
}

} // namespace

StoreSession::StoreSession(SessionPlan plan, std::function<void(Result<Opened>)> opened)
    : m_plan(std::move(plan)), m_opened(std::move(opened)),
      m_mailbox(std::make_shared<ui::Mailbox>(&m_receiver)), m_thread([this] { run(); }) {}

StoreSession::~StoreSession() {
  close({});
  m_thread.join();
  m_mailbox->close();
}

void StoreSession::close(std::function<void()> closed) {
  const std::lock_guard lock(m_mutex);
  m_closing = true;
  m_closed = std::move(closed);
  m_wake.notify_all();
}

void StoreSession::run() {
  stepBack(); // the window goes first
  if (m_plan.demo)
    runDemo();
  else
    serve(m_plan);
  const std::lock_guard lock(m_mutex);
  if (m_closed)
    m_mailbox->post(m_closed);
}

void StoreSession::runDemo() {
  const QTemporaryDir folder;
  if (!folder.isValid()) {
    m_mailbox->post([this] { m_opened(fail(ErrorCode::Unwritable, "no temporary folder can be made")); });
    return waitForClose();
  }
  const std::string landing = folder.filePath(QStringLiteral("landing")).toStdString();
  std::atomic<bool> stop = false;
  std::thread simulator([&landing, &stop] { (void)simulate(demoOptions(landing), stop); });
  SessionPlan plan = m_plan;
  plan.store = folder.filePath(QStringLiteral("demo.meteorograph")).toStdString();
  plan.follow = {landing};
  serve(plan);
  stop = true;
  simulator.join();
}

void StoreSession::serve(const SessionPlan &plan) {
  EngineOptions options;
  options.store_path = plan.store;
  options.allowed_lateness_us = plan.allowed_lateness_us;
  options.stop = &m_closing;
  Result<std::unique_ptr<Engine>> engine = Engine::open(options);
  if (!engine)
    engine = Engine::view(options, engine.error());
  if (!engine) {
    m_mailbox->post([this, error = engine.error()] { m_opened(tl::unexpected(error)); });
    return waitForClose();
  }
  if (!(*engine)->viewing())
    (*engine)->followRemembered();
  if (!plan.follow.empty())
    (*engine)->follow(plan.follow);
  m_mailbox->post([this, opened = Opened{ui::portTo(**engine), plan.store}] { m_opened(opened); });
  waitForClose();
  (*engine)->stop();
}

void StoreSession::waitForClose() {
  std::unique_lock lock(m_mutex);
  m_wake.wait(lock, [this] { return m_closing.load(); });
}

} // namespace meteorograph
