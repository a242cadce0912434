// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Time.h"

#include <cstdint>
#include <functional>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace meteorograph {

inline constexpr std::int64_t kNoMessageId = std::numeric_limits<std::int64_t>::min();

/// What is remarkable about a reading; bits of ReadingRow::flags and of bronze.
inline constexpr std::uint8_t kLateReading = 1;      ///< set by the writer
inline constexpr std::uint8_t kRepeatedHour = 2;     ///< its local time came twice: file order decided
inline constexpr std::uint8_t kMissingHour = 4;      ///< its local time never was: shifted forward
inline constexpr std::uint8_t kDuplicateReading = 8; ///< left out of silver; set by the writer

/// One device at one time, without its values, which lie in Batch::values.
struct ReadingRow {
  std::int32_t device = 0;           ///< index into Batch::devices
  std::int32_t rescued = -1;         ///< index into Batch::rescued, or -1
  TimeUs event_time_us = kNoTime;    ///< kNoTime: the time of its first commit, which the writer fills in
  TimeUs received_time_us = kNoTime; ///< kNoTime: nobody but us received it; the writer fills it in
  std::int64_t line = 0;             ///< 1-based line on which the record starts
  std::int64_t offset = 0;           ///< byte offset of the record in the (uncompressed) file
  std::int64_t message_id = kNoMessageId;
  std::uint8_t flags = 0;
};

/// Something in a file that its user should know of: becomes an event that names file and line.
struct BatchNote {
  std::int64_t line = 0;
  std::string text;
};

/// A record that is no reading.
struct Reject {
  std::int64_t line = 0;
  std::int64_t offset = 0;
  std::string reason;
  std::string text; ///< at most kMaxRejectText bytes of the record
};
inline constexpr std::size_t kMaxRejectText = 65'536;

/// records = accepted + quarantined + skipped, always.
struct RecordCounts {
  std::int64_t records = 0;
  std::int64_t accepted = 0;
  std::int64_t quarantined = 0;
  std::int64_t skipped = 0;

  RecordCounts &operator+=(const RecordCounts &other);
  RecordCounts &operator-=(const RecordCounts &other);
  bool operator==(const RecordCounts &) const = default;
};

/// A quantity as a parser names it: canonical snake_case name, canonical unit.
struct QuantityKey {
  std::string name;
  std::string unit;
  bool operator==(const QuantityKey &) const = default;
};

/// Readings and rejects of one piece of one file, in the order of the file. Filled by a parser on
/// the parser thread, moved to the writer: a value, shared by nobody.
class Batch {
public:
  std::vector<std::string> devices;
  std::vector<ReadingRow> rows;
  std::vector<std::string> rescued; ///< JSON objects as text
  std::vector<Reject> rejects;
  std::vector<BatchNote> notes;
  RecordCounts counts;

  const std::vector<QuantityKey> &quantities() const { return m_quantities; }

  /// Index of the device, added if new. Fast when the same few devices come again.
  std::int32_t deviceIndex(std::string_view name);
  /// Column of the quantity, added if new (existing rows are widened with "absent").
  std::size_t quantityColumn(std::string_view name, std::string_view unit);

  /// Appends a row whose values are all absent; set them by setValue().
  std::size_t addRow(const ReadingRow &row);
  void removeLastRow();
  void setValue(std::size_t row, std::size_t column, double value) {
    m_values[row * m_quantities.size() + column] = value;
  }
  /// NaN means absent. (Batches never reach the charts; series carry gaps out of band.)
  double value(std::size_t row, std::size_t column) const {
    return m_values[row * m_quantities.size() + column];
  }
  const double *valuesOf(std::size_t row) const { return m_values.data() + row * m_quantities.size(); }

  void addReject(std::int64_t line, std::int64_t offset, std::string_view reason, std::string_view text);
  bool empty() const { return rows.empty() && rejects.empty() && notes.empty() && counts.records == 0; }
  void clear();

private:
  std::size_t findDevice(std::string_view name) const;
  void makeRoom();

  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>{}(text); }
  };
  std::unordered_map<std::string, std::size_t, Hash, std::equal_to<>> m_deviceIndex; ///< where they are many
  std::size_t m_lastDevice = 0;
  std::vector<QuantityKey> m_quantities;
  std::vector<double> m_values; ///< rows × quantities
};

} // namespace meteorograph
