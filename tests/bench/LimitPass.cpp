// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/bench/LimitPass.h"

#include "tests/bench/Clock.h"

#include "core/engine/BatchQueue.h"

#include <algorithm>
#include <cstring>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace meteorograph::bench {

namespace {

/// The product's own sizes.
constexpr std::size_t kChunkBytes = 256 * 1024;
constexpr std::size_t kBatchRows = 8192;

void readWhole(const std::string &path, std::vector<char> &bytes) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  struct stat status {};
  require(descriptor >= 0 && ::fstat(descriptor, &status) == 0, "cannot open " + path);
  const auto size = static_cast<std::size_t>(status.st_size);
  bytes.resize(size + kChunkPadding);
  const ssize_t got = ::read(descriptor, bytes.data(), size);
  ::close(descriptor);
  require(got == status.st_size, "cannot read " + path);
}

} // namespace

LimitPass::LimitPass(std::string folder, Parts parts) : m_folder(std::move(folder)) {
  std::filesystem::remove_all(m_folder);
  std::filesystem::create_directories(m_folder);
  if (parts == Parts::Source)
    return;
  m_store = require(StoreWriter::open({m_folder + "/limit.meteorograph"}));
  m_bare.emplace(m_folder + "/bare.sqlite");
}

LimitPass::~LimitPass() {
  m_store.reset();
  m_bare.reset();
  std::error_code ignored;
  std::filesystem::remove_all(m_folder, ignored);
}

LimitPass::Seconds LimitPass::run(const Corpus &corpus) {
  for (const std::string &path : corpus.files)
    takeFile(path);
  commit();
  require(m_lines == corpus.readings && m_readings == corpus.readings,
          "parsing gave another number of readings than were written");
  return m_seconds;
}

void LimitPass::takeFile(const std::string &path) {
  timed(m_seconds.read, [&] { readWhole(path, m_bytes); });
  ++m_files;
  // Each goes first in every other file: the second finds the bytes in the processor's cache.
  const auto split = [this] { m_lines += timed(m_seconds.split, [this] { return countLines(); }); };
  if (m_files % 2 == 0)
    split();
  parse(path);
  if (m_files % 2 == 1)
    split();
}

std::int64_t LimitPass::countLines() const {
  const char *at = m_bytes.data();
  const char *const end = at + m_bytes.size() - kChunkPadding;
  std::int64_t lines = 0;
  while (const void *newline = std::memchr(at, '\n', static_cast<std::size_t>(end - at))) {
    at = static_cast<const char *>(newline) + 1;
    ++lines;
  }
  return lines;
}

void LimitPass::parse(const std::string &path) {
  const std::string_view bytes(m_bytes.data(), m_bytes.size() - kChunkPadding);
  FileCheckpoint file;
  file.id = m_files;
  file.path = path;
  file.state = FileState::Done;
  std::unique_ptr<RecordParser> parser;
  Batch batch;
  std::size_t at = 0;
  while (at < bytes.size()) {
    timed(m_seconds.parse, [&] {
      if (!parser)
        parser = makeParser(recogniseFormat(bytes.substr(0, kChunkBytes), false).kind,
                            {path, deviceFromPath(path), {}});
      const Consumed consumed =
          parser->parse({bytes.substr(at, kChunkBytes), file.offset, file.line, false}, batch);
      require(consumed.bytes > 0, "a record that has no end in " + path);
      at += consumed.bytes;
      file.offset = static_cast<std::int64_t>(at);
      file.line += consumed.lines;
    });
    if (batch.rows.size() >= kBatchRows || at == bytes.size())
      flush(*parser, file, batch);
  }
}

void LimitPass::flush(const RecordParser &parser, FileCheckpoint &file, Batch &batch) {
  m_readings += static_cast<std::int64_t>(batch.rows.size());
  FileBatch step;
  timed(m_seconds.parse, [&] { step.batch = std::exchange(batch, Batch()); });
  if (!m_store)
    return;
  file.parser_state = parser.state();
  file.format = parser.description();
  step.checkpoint = file;
  m_gatheredRows += step.batch.rows.size();
  m_gathered.push_back(std::move(step));
  if (m_gatheredRows >= BatchQueue::kCommitRows)
    commit();
}

void LimitPass::commit() {
  if (m_gathered.empty())
    return;
  timed(m_seconds.bare, [this] { m_bare->insert(m_gathered); });
  timed(m_seconds.commit, [this] { require(m_store->commit(m_gathered)); });
  m_bare->tidy();
  if (isLogLong(m_folder + "/limit.meteorograph")) // the engine does it on a thread of its own
    m_store->checkpoint();
  m_gathered.clear();
  m_gatheredRows = 0;
}

} // namespace meteorograph::bench
