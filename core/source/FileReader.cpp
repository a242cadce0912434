// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileReader.h"

#include "core/source/DateSurvey.h"

#include <algorithm>
#include <cstring>

namespace meteorograph {

namespace {

/// Read at a time: large enough for speed, small enough for the cache.
constexpr std::size_t kChunkBytes = 262'144;
/// A record longer than this is quarantined without being looked at.
constexpr std::size_t kMaxRecordBytes = 16'777'216;
/// Rows in a batch on their way to the writer.
constexpr std::size_t kBatchRows = 8192;
/// Values in it, present or absent: some files have hundreds of quantities.
constexpr std::size_t kBatchValues = 1 << 18;
/// Rejects keep their text, so fewer of them make a batch.
constexpr std::size_t kBatchRejects = 1024;
/// Content behind which a batch goes to the writer in any case: rows may carry much text.
constexpr std::int64_t kBatchBytes = 4 << 20;
/// Of an oversized record its beginning is kept.
constexpr std::size_t kOversizedText = 4096;

} // namespace

struct FileReader::Work {
  FileDecision &decision;
  const Options &options;
  const Sink &sink;
  std::vector<char> &buffer;
  std::unique_ptr<RecordParser> parser = nullptr;
  FileContext context = {};                              ///< the parser's
  Recognition::Kind kind = Recognition::Kind::Undecided; ///< of a parser from the file's start
  Batch batch = {};
  std::size_t filled = 0;
  bool oversized = false; ///< inside a record that is too long
  Reject oversizedRecord = {};
  FileCheckpoint beforeOversized = {};
  ContentHash hashBeforeOversized = {};
  std::int64_t batchBytes = 0; ///< consumed since the last batch

  FileCheckpoint &file() { return decision.step.checkpoint; }
  std::size_t capacity() const { return buffer.size() - kChunkPadding; }
  std::string_view bytes() const { return {buffer.data(), filled}; }
  /// The reader goes back to the checkpoint.
  bool rewind() {
    const Result<bool> there = decision.reader->seek(file().offset);
    return there && *there;
  }
  void consume(std::size_t count, std::int64_t lines) {
    decision.hash.update(bytes().substr(0, count));
    std::memmove(buffer.data(), buffer.data() + count, filled - count);
    filled -= count;
    file().offset += static_cast<std::int64_t>(count);
    file().line += lines;
    batchBytes += static_cast<std::int64_t>(count);
    if (options.progress)
      options.progress(static_cast<std::int64_t>(count));
  }
};

FileReader::Outcome FileReader::read(FileDecision &decision, const Options &options, const Sink &sink) {
  m_buffer.resize(kChunkBytes + kChunkPadding);
  Work work{decision, options, sink, m_buffer};
  const Outcome outcome = readOn(work);
  if (m_buffer.size() > kChunkBytes + kChunkPadding) // of a long record: memory is not kept for the next
    std::vector<char>().swap(m_buffer);
  return outcome;
}

FileReader::Outcome FileReader::readOn(Work &work) {
  const Options &options = work.options;
  work.file().state = FileState::Reading;
  work.file().pending_bytes = 0;
  std::int64_t taken = 0;
  for (bool end = false; !end;) {
    if (options.stop && options.stop->load(std::memory_order_relaxed)) {
      if (!work.oversized)
        flush(work, false);
      return Outcome::Stopped;
    }
    const Result<std::size_t> got =
        work.decision.reader->read(work.buffer.data() + work.filled, work.capacity() - work.filled);
    if (!got) {
      fail(work, got.error().message, true);
      return flush(work, true) ? Outcome::AtEnd : Outcome::Stopped;
    }
    // Compressed content may end in damage, which only the next read tells.
    end = work.decision.reader->compressed() ? *got == 0 : work.filled + *got < work.capacity();
    work.filled += *got;
    if (work.oversized && !skipOversized(work) && !end)
      continue;
    if (!work.parser && !openParser(work, work.bytes(), false)) {
      if (work.file().state == FileState::Failed)
        return flush(work, true) ? Outcome::AtEnd : Outcome::Stopped;
      if (!end) { // a long beginning: look at more of it
        work.buffer.resize(work.capacity() * 2 + kChunkPadding);
        continue;
      }
      break;
    }
    const Consumed consumed = work.oversized ? Consumed{} : parse(work);
    if (!work.oversized && work.parser->wantsOtherDates())
      return Outcome::ReadAgain;
    work.consume(consumed.bytes, consumed.lines);
    taken += static_cast<std::int64_t>(consumed.bytes);
    if (consumed.bytes == 0 && !end && work.filled == work.capacity()) {
      if (work.capacity() < kMaxRecordBytes) {
        work.buffer.resize(work.capacity() * 2 + kChunkPadding);
      } else {
        // The checkpoint stays before the record until its end has come.
        if (!flush(work, false))
          return Outcome::Stopped;
        beginOversized(work);
      }
    }
    const std::size_t rows = work.batch.rows.size();
    const bool full = rows >= kBatchRows || rows * work.batch.quantities().size() >= kBatchValues ||
                      work.batch.rejects.size() >= kBatchRejects || work.batchBytes >= kBatchBytes;
    if (full && !work.oversized && !flush(work, false))
      return Outcome::Stopped;
    if (!end && taken >= options.max_bytes && !work.oversized)
      return flush(work, false) && work.rewind() ? Outcome::MoreToRead : Outcome::Stopped;
  }
  if (work.oversized)
    return endInOversized(work) ? Outcome::AtEnd : Outcome::Stopped;
  // Between batches the buffer holds what is not complete yet.
  work.file().state = options.following ? FileState::Following : FileState::Done;
  const std::string rest(work.bytes());
  work.file().pending_bytes = static_cast<std::int64_t>(rest.size());
  // What was too little to be recognised may be all there is.
  if (!rest.empty() && options.take_tail && !work.parser)
    openParser(work, rest, true);
  if (rest.empty() || !options.take_tail || !work.parser)
    return flush(work, true) ? Outcome::AtEnd : Outcome::Stopped;
  return flush(work, true) && flushTail(work, rest) ? Outcome::AtEnd : Outcome::Stopped;
}

/// At the file's start its dates are looked at as far as they go, where they can be read in two ways.
Consumed FileReader::parse(Work &work) {
  const Chunk chunk{work.bytes(), work.file().offset, work.file().line, false};
  const Consumed consumed = work.parser->parse(chunk, work.batch);
  const bool atStart = chunk.offset == 0 && work.kind != Recognition::Kind::Undecided;
  if (!atStart || !work.parser->wantsOtherDates())
    return consumed;
  work.context.dates = surveyFile(work.context, work.kind, work.options.take_tail, work.options.stop);
  if (!work.context.dates) // it has just become unreadable, which the next read tells
    work.context.dates = work.parser->dates();
  work.batch = Batch();
  work.parser = makeParser(work.kind, work.context);
  return work.parser->parse(chunk, work.batch);
}

bool FileReader::openParser(Work &work, std::string_view head, bool final) {
  const std::string &path = work.file().path;
  FileContext &context = work.context = {path, deviceFromPath(path), {}};
  if (!work.file().mapping.empty())
    if (Result<Mapping> mapping = mappingFromJson(work.file().mapping))
      context.mapping = std::move(*mapping);
  if (!work.file().parser_state.empty())
    work.parser = resumeParser(work.file().parser_state, context);
  if (work.parser)
    return true;
  if (const std::string refusal = work.decision.reader->refusal(); !refusal.empty()) {
    fail(work, path + ": " + refusal, false);
    return false;
  }
  const Recognition recognition = recogniseFormat(head, final, context.mapping);
  if (recognition.kind == Recognition::Kind::NotText) {
    fail(work, path + ": " + recognition.reason, false);
    return false;
  }
  if (recognition.kind == Recognition::Kind::Undecided)
    return false;
  work.kind = recognition.kind;
  work.parser = makeParser(recognition.kind, context);
  return true;
}

void FileReader::beginOversized(Work &work) {
  work.oversized = true;
  work.oversizedRecord = {work.file().line, work.file().offset, "record longer than 16 MiB",
                          std::string(work.bytes().substr(0, kOversizedText))};
  work.beforeOversized = work.file();
  work.hashBeforeOversized = work.decision.hash.copy();
  skipOversized(work);
}

/// More of it may come, so the checkpoint stays before it; nothing of it is kept.
bool FileReader::endInOversized(Work &work) {
  const std::int64_t size = work.file().offset - work.beforeOversized.offset;
  work.file() = std::move(work.beforeOversized);
  work.decision.hash = std::move(work.hashBeforeOversized);
  work.file().pending_bytes = size;
  work.file().state = FileState::Following;
  if (work.options.take_tail)
    fail(work,
         work.file().path + ": line " + std::to_string(work.file().line) +
             " is longer than 16 MiB and has no end: reading waits for it",
         false);
  return flush(work, true);
}

/// Drops what is buffered up to and with the next newline; true when it came.
bool FileReader::skipOversized(Work &work) {
  const std::size_t newline = work.bytes().find('\n');
  const bool found = newline != std::string_view::npos;
  work.consume(found ? newline + 1 : work.filled, found ? 1 : 0);
  work.oversized = !found;
  if (found) {
    ++work.batch.counts.records;
    ++work.batch.counts.quarantined;
    work.batch.rejects.push_back(std::move(work.oversizedRecord));
  }
  return found;
}

/// `again`: tried at each listing, not only when the file has changed.
void FileReader::fail(Work &work, std::string reason, bool again) {
  if (again)
    work.file().identity.size = -1;
  work.file().state = FileState::Failed;
  work.file().error = std::move(reason);
}

bool FileReader::flush(Work &work, bool last) {
  if (!last && work.batch.empty())
    return true;
  FileBatch step = work.decision.step;
  step.checkpoint.fingerprint = work.decision.hash.fingerprint();
  if (work.parser) {
    // A parser that has consumed nothing decides anew when there is more.
    step.checkpoint.parser_state = step.checkpoint.offset > 0 ? work.parser->state() : std::string();
    step.checkpoint.format = work.parser->description();
  }
  const bool unchanged = work.batch.empty() && !step.withdraws_tail && step.replaces == 0 &&
                         step.retires == 0 && work.decision.known == step.checkpoint;
  if (unchanged)
    return true;
  step.batch = std::move(work.batch);
  work.batch = Batch();
  work.batchBytes = 0;
  FileBatch &later = work.decision.step;
  later.checkpoint = step.checkpoint;
  later.replaces = later.retires = 0;
  later.withdraws_tail = false;
  later.note.clear();
  later.warning.clear();
  return work.sink(std::move(step));
}

/// Accepts the unterminated last line, behind a checkpoint that stays before it.
bool FileReader::flushTail(Work &work, std::string_view rest) {
  FileBatch step = work.decision.step;
  const Chunk chunk{work.bytes(), work.file().offset, work.file().line, true};
  const Consumed consumed = work.parser->parse(chunk, step.batch);
  if (consumed.bytes == 0)
    return true;
  step.is_tail = true;
  step.checkpoint.tail_bytes = static_cast<std::int64_t>(consumed.bytes);
  step.checkpoint.tail_hash = ContentHash::of(rest.substr(0, consumed.bytes));
  step.checkpoint.pending_bytes = static_cast<std::int64_t>(rest.size() - consumed.bytes);
  work.decision.step.checkpoint = step.checkpoint;
  return work.sink(std::move(step));
}

} // namespace meteorograph
