// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/StoreCare.h"

#include "core/engine/ExportTarget.h"

#include <chrono>
#include <thread>

namespace meteorograph {

namespace {

/// A check during which the log grows by more gives way …
constexpr std::int64_t kMostLog = std::int64_t{256} << 20;
/// … for so long.
constexpr std::chrono::seconds kPause{10};

void waitUnless(const std::atomic<bool> &cancelled, std::chrono::milliseconds time) {
  constexpr std::chrono::milliseconds kLook{50};
  for (; time.count() > 0 && !cancelled; time -= kLook)
    std::this_thread::sleep_for(kLook);
}

} // namespace

Result<Integrity> StoreCare::look(StoreReader &reader, const std::atomic<bool> &cancelled) {
  for (;;) {
    std::atomic<bool> tooLong{false};
    const std::int64_t before = m_writer.walBytes(); // it may be long from before, and nothing more may come
    Result<Integrity> found = reader.integrity(true, [&] {
      tooLong = m_writer.walBytes() - before > kMostLog;
      return !cancelled && !tooLong;
    });
    if (found || cancelled || !tooLong)
      return found;
    waitUnless(cancelled, kPause);
  }
}

Result<Integrity> StoreCare::checkNow(StoreReader &reader, const std::atomic<bool> &cancelled) {
  tell("Checking the store", -1);
  const Result<Integrity> found = look(reader, cancelled);
  tell({}, -1);
  if (!found)
    return found;
  Result<void> saved; // a viewer keeps nothing
  m_queue.runJob([&] { saved = m_writer.writer().saveIntegrity(*found); });
  return saved ? found : Result<Integrity>(tl::unexpected(saved.error()));
}

void StoreCare::check(std::uint64_t id, std::function<void(Result<Integrity>)> handler) {
  m_lane.add(id, [this, handler = std::move(handler)](const Result<StoreReader *> &reader,
                                                      const std::atomic<bool> &cancelled) {
    handler(reader ? checkNow(**reader, cancelled) : Result<Integrity>(tl::unexpected(reader.error())));
  });
}

void StoreCare::backUp(std::uint64_t id, std::string path, bool replace,
                       std::function<void(Result<Copied>)> handler) {
  m_lane.add(id, [this, path = std::move(path), replace, handler = std::move(handler)](
                     const Result<StoreReader *> &reader, const std::atomic<bool> &cancelled) {
    const Result<void> allowed =
        reader ? checkCopyTarget(path, m_path, replace) : Result<void>(tl::unexpected(reader.error()));
    if (!allowed)
      return handler(tl::unexpected(allowed.error()));
    const Result<Copied> copied = (*reader)->copyTo(path, [&](std::int64_t done, std::int64_t total) {
      tell("Backing up the store", total > 0 ? static_cast<double>(done) / static_cast<double>(total) : -1);
      return !cancelled;
    });
    tell({}, -1);
    if (copied)
      m_queue.runJob([&] { (void)m_writer.writer().logEvent("note", "the store was backed up to " + path); });
    handler(copied);
  });
}

StoreCare::Work StoreCare::work() const {
  const std::lock_guard lock(m_mutex);
  return m_work;
}

void StoreCare::tell(std::string what, double done) {
  const std::lock_guard lock(m_mutex);
  m_work = {std::move(what), done};
}

} // namespace meteorograph
