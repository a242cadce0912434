// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/IngestProgress.h"

#include "app/CommandSupport.h"

#include <cstdio>
#include <unistd.h>

namespace meteorograph {

namespace {

constexpr std::chrono::milliseconds kInterval{250};

std::string progressLine(const EngineStatus &status) {
  std::string line = grouped(status.files_done) + " of " + grouped(status.files_total) + " files, " +
                     grouped(status.bytes_done >> 20) + " of " + grouped(status.bytes_total >> 20) +
                     " MiB, " + grouped(static_cast<std::int64_t>(status.processed_rows_per_second)) +
                     " readings/s";
  if (status.state == EngineStatus::State::Following)
    line =
        "following, " + grouped(static_cast<std::int64_t>(status.processed_rows_per_second)) + " readings/s";
  return line;
}

} // namespace

IngestProgress::IngestProgress(const Engine &engine) {
  if (::isatty(STDERR_FILENO))
    m_thread = std::thread([this, &engine] { show(engine); });
}

IngestProgress::~IngestProgress() {
  if (!m_thread.joinable())
    return;
  {
    const std::lock_guard lock(m_mutex);
    m_ended = true;
  }
  m_wake.notify_one();
  m_thread.join();
  std::fputs("\r\033[K", stderr);
}

void IngestProgress::show(const Engine &engine) {
  std::unique_lock lock(m_mutex);
  while (!m_wake.wait_for(lock, kInterval, [this] { return m_ended; }))
    std::fprintf(stderr, "\r\033[K%s", progressLine(engine.status()).c_str());
}

} // namespace meteorograph
