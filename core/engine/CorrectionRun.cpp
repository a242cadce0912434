// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/engine/CorrectionRun.h"

#include "core/source/ReadAgain.h"

namespace meteorograph {

namespace {

Error withdrawn() { return {ErrorCode::Cancelled, "the correction was withdrawn"}; }

/// Nothing is read, and everything that was is in the store, for as long as it lives, unless error().
class Standstill {
public:
  explicit Standstill(CorrectionDesk &desk) : m_reading(desk.reading), m_sources(desk.sources()) {
    const auto cannotStore = [&] {
      m_error = desk.writer.error();
      return m_error.has_value();
    };
    if (cannotStore() || (m_sources && !m_sources->hold(cannotStore)))
      return;
    if (desk.queue.waitDrained(cannotStore))
      m_error.reset();
  }
  ~Standstill() {
    if (m_sources)
      m_sources->release();
  }
  /// Why what was read cannot be stored.
  const std::optional<Error> &error() const { return m_error; }
  Standstill(const Standstill &) = delete;
  Standstill &operator=(const Standstill &) = delete;

private:
  std::lock_guard<std::mutex> m_reading;
  SourceLoop *m_sources;
  std::optional<Error> m_error;
};

bool isOfOneFile(const Error &error) { return error.code == ErrorCode::Unreadable; }

} // namespace

CorrectionRun::CorrectionRun(CorrectionDesk &desk, const std::atomic<bool> &cancelled, std::string what)
    : m_desk(desk), m_cancelled(cancelled) {
  const std::lock_guard lock(m_desk.mutex);
  m_desk.what = std::move(what);
  m_desk.done = m_desk.total = 0;
}

CorrectionRun::~CorrectionRun() {
  const std::lock_guard lock(m_desk.mutex);
  m_desk.what.clear();
}

void CorrectionRun::progress(std::size_t done, std::size_t total) {
  const std::lock_guard lock(m_desk.mutex);
  m_desk.done = static_cast<std::int64_t>(done);
  m_desk.total = static_cast<std::int64_t>(total);
}

Result<Corrected> CorrectionRun::onWriter(const Step &step) {
  if (m_cancelled)
    return tl::unexpected(withdrawn());
  const Standstill standstill(m_desk);
  if (standstill.error())
    return tl::unexpected(*standstill.error());
  Result<Corrected> done = tl::unexpected(withdrawn());
  m_desk.queue.runJob([&] { done = m_desk.writer.correct(step, m_cancelled); });
  return done;
}

Result<void> CorrectionRun::change(const Step &step) {
  const Result<Corrected> done = onWriter(step);
  if (!done)
    return tl::unexpected(done.error());
  m_report.readings_before += done->readings_before;
  m_report.readings_after += done->readings_after;
  return {};
}

Result<void>
CorrectionRun::eachFile(const std::vector<std::int64_t> &files,
                        const std::function<Result<Corrected>(Corrections &, FileCheckpoint)> &step) {
  for (std::size_t i = 0; i < files.size(); ++i) {
    progress(i, files.size());
    const Result<Corrected> done = onWriter([&](Corrections &corrections) -> Result<Corrected> {
      Result<FileCheckpoint> file = corrections.file(files[i]);
      return file ? step(corrections, std::move(*file)) : tl::unexpected(file.error());
    });
    if (!done && !isOfOneFile(done.error()))
      return tl::unexpected(done.error());
    if (!done) {
      m_report.errors.push_back(done.error());
      continue;
    }
    ++m_report.files;
    m_report.readings_before += done->readings_before;
    m_report.readings_after += done->readings_after;
    m_report.counts += done->commit.counts;
  }
  return {};
}

Result<void> CorrectionRun::ask(const std::function<void(StoreWriter &)> &question) {
  const Standstill standstill(m_desk);
  if (standstill.error())
    return tl::unexpected(*standstill.error());
  Result<void> answered;
  if (!m_desk.queue.runJob([&] { answered = m_desk.writer.writer().ask(question); }))
    return tl::unexpected(withdrawn());
  return answered;
}

Result<Corrected> CorrectionRun::readAgain(Corrections &corrections, FileCheckpoint file, std::string mapping,
                                           bool own) const {
  const bool following = file.state == FileState::Following;
  file.mapping = std::move(mapping);
  file.own_mapping = own;
  Result<FileDecision> decision = decideToReadAgain(file, m_desk.clock());
  if (!decision)
    return tl::unexpected(decision.error());
  const FileIdentity &identity = decision->step.checkpoint.identity;
  FileReader::Options options;
  options.following = following;
  options.take_tail = !following || identity.mtime_ns / 1000 + m_desk.quiet_us <= m_desk.clock();
  options.stop = &m_cancelled;
  const bool failedBefore = file.state == FileState::Failed && file.offset == 0;
  return corrections.replaceReadings(
      file, [&](const Corrections::Sink &sink) { return readToEnd(*decision, options, failedBefore, sink); });
}

} // namespace meteorograph
