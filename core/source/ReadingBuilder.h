// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Batch.h"
#include "core/source/FieldRoles.h"
#include "core/source/RecordParser.h"
#include "core/source/TimeReader.h"

#include <array>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// A field of a file's records: a column, or a path in JSON. Made once, used by every record.
struct Field {
  Field(FieldRole field_role, std::string_view label);

  FieldRole role;
  std::string key;              ///< its name in rescued data, as a JSON string with its quotes
  std::int32_t quantity = -1;   ///< the builder's number for role.name, once a value came
  std::int32_t own = -1;        ///< the same for role.own_name
  std::uint64_t record = 0;     ///< the last record that had it
  std::uint64_t rescued_in = 0; ///< the last record that rescued it …
  int rescued_times = 0;        ///< … and how often, since a key may come twice
};

/// A field's value in one record; views into the chunk or the parser's scratch space.
struct FieldValue {
  enum class Kind : std::uint8_t { Absent, Number, Text, Other };
  Kind kind = Kind::Absent;
  std::string_view text; ///< the number's characters, or the text itself
  std::string_view raw;  ///< as JSON; empty: `text` is to be quoted
};

/// Where a record stands.
struct RecordPlace {
  std::int64_t line = 0;
  std::int64_t offset = 0;
  std::string_view text;
};

/// Puts the fields of one record together to a reading: chooses its time and device, converts its
/// values to canonical units and keeps what does not fit. Counts every record it finishes. One a
/// file; remembers what must hold for the whole file (save(), restore()).
class ReadingBuilder {
public:
  explicit ReadingBuilder(const FileContext &context)
      : m_roles(context.mapping), m_defaultDevice(context.default_device),
        m_times(context.mapping.zone, context.dates) {}

  /// For making Fields.
  const FieldRoles &roles() const { return m_roles; }
  TimeReader &times() { return m_times; }
  const TimeReader &times() const { return m_times; }
  /// The file's decimal sign, a point unless told.
  void setDecimal(char decimal) { m_decimal = decimal; }
  /// The file itself states it, outside of its records.
  void setDefaultDevice(std::string device) { m_defaultDevice = std::move(device); }

  void begin();
  void add(Field &field, const FieldValue &value);
  /// Adds a row, a reject or a skipped record to the batch.
  void finish(Batch &batch, const RecordPlace &place);

  void save(nlohmann::json &state) const;
  void restore(const nlohmann::json &state);

  static void quarantine(Batch &batch, const RecordPlace &place, std::string_view reason);
  static void skip(Batch &batch);

private:
  struct Candidate {
    Field *field = nullptr;
    FieldValue value;
  };
  struct Name {
    QuantityKey key;
    std::uint64_t record = 0; ///< the last record that used it
    std::size_t column = 0;   ///< where the last batch had it
  };
  struct Value {
    std::int32_t name;
    double value;
  };

  void choose(Candidate &best, Field &field, const FieldValue &value);
  void rescue(const Candidate &candidate);
  void addQuantity(Field &field, const FieldValue &value);
  std::optional<TimeReader::Reading> eventTime(std::string &reason);
  std::optional<TimeReader::Reading> payloadTime();
  TimeUs receivedTime();
  std::optional<TimeReader::Reading> readTime(TimeSource source);
  std::string_view device();
  std::int64_t messageId();
  void placeValues();
  std::int32_t nameFor(Field &field);
  std::int32_t numberOf(std::string_view name, std::string_view unit);
  double converted(const Field &field, double value);
  std::size_t columnIn(Batch &batch, Name &name);
  std::string rescuedText() const;

  FieldRoles m_roles;
  std::string m_defaultDevice;
  TimeReader m_times;
  char m_decimal = '.';
  std::optional<Unit::Kind> m_pressureUnit; ///< guessed from the file's first value without a unit
  std::vector<Name> m_names;                ///< quantities of the file so far

  std::uint64_t m_record = 0;
  std::array<Candidate, kTimeSources> m_time;
  Candidate m_device;
  Candidate m_messageId;
  std::array<Field *, kCanonicals> m_winner{}; ///< the field that has the canonical name
  std::vector<std::pair<Candidate, double>> m_quantities;
  std::vector<Value> m_values;
  std::vector<Candidate> m_rescued;
};

} // namespace meteorograph
