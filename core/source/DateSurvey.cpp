// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/DateSurvey.h"

#include "core/source/ByteReader.h"

#include <cstring>
#include <vector>

namespace meteorograph {

namespace {

constexpr std::size_t kPieceBytes = 262'144;
/// A longer record holds no date that would help.
constexpr std::size_t kMaxRecordBytes = 16'777'216;

/// Hands out a file piece by piece, with what was not consumed at the front of each.
class Pieces {
public:
  Pieces(ByteReader &reader, bool takeTail, const std::atomic<bool> *stop)
      : m_reader(reader), m_takeTail(takeTail), m_stop(stop), m_buffer(kPieceBytes + kChunkPadding) {}

  bool failed() const { return m_failed; }

  std::optional<Chunk> next(const Consumed &consumed) {
    std::memmove(m_buffer.data(), m_buffer.data() + consumed.bytes, m_filled - consumed.bytes);
    m_filled -= consumed.bytes;
    m_offset += static_cast<std::int64_t>(consumed.bytes);
    m_line += consumed.lines;
    if (m_end || !fill())
      return std::nullopt;
    return Chunk{{m_buffer.data(), m_filled}, m_offset, m_line, m_end && m_takeTail};
  }

private:
  bool fill() {
    if (m_filled + kChunkPadding == m_buffer.size())
      m_buffer.resize(m_buffer.size() * 2);
    const std::size_t room = m_buffer.size() - kChunkPadding - m_filled;
    const bool stopped = m_stop != nullptr && m_stop->load(std::memory_order_relaxed);
    m_failed = stopped;
    if (stopped || m_filled > kMaxRecordBytes)
      return false;
    const Result<std::size_t> got = m_reader.read(m_buffer.data() + m_filled, room);
    m_failed = !got;
    m_filled += got.value_or(0);
    m_end = got.value_or(0) < room;
    return !m_failed;
  }

  ByteReader &m_reader;
  bool m_takeTail;
  const std::atomic<bool> *m_stop;
  std::vector<char> m_buffer;
  std::size_t m_filled = 0;
  std::int64_t m_offset = 0;
  std::int64_t m_line = 1;
  bool m_end = false;
  bool m_failed = false;
};

} // namespace

std::optional<DateEvidence> surveyFile(const FileContext &context, Recognition::Kind kind, bool takeTail,
                                       const std::atomic<bool> *stop) {
  Result<std::unique_ptr<ByteReader>> reader = ByteReader::open(context.path);
  const std::unique_ptr<RecordParser> scout = makeParser(kind, context);
  if (!reader || !scout)
    return std::nullopt;
  Pieces pieces(**reader, takeTail, stop);
  const DateEvidence dates =
      surveyDates(*scout, [&](const Consumed &consumed) { return pieces.next(consumed); });
  return pieces.failed() ? std::nullopt : std::optional(dates);
}

} // namespace meteorograph
