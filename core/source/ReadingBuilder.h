// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Batch.h"
#include "core/source/Field.h"
#include "core/source/FileNotes.h"
#include "core/source/LongNames.h"
#include "core/source/ReadingPlan.h"
#include "core/source/RecordParser.h"
#include "core/source/TimeReader.h"

#include <array>
#include <map>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <unordered_set>
#include <vector>

namespace meteorograph {

/// Where a record stands.
struct RecordPlace {
  std::int64_t line = 0;
  std::int64_t offset = 0;
  std::string_view text;
};

/// Puts the fields of one record together to a reading, or to several where it tells of several
/// devices: chooses its time and device, converts its values to canonical units and keeps what does
/// not fit. Counts every record it finishes. One a file; remembers what must hold for the whole file
/// (save(), restore()).
class ReadingBuilder {
public:
  explicit ReadingBuilder(const FileContext &context);

  /// For making Fields.
  const FieldRoles &roles() const { return m_roles; }
  TimeReader &times() { return m_times; }
  const TimeReader &times() const { return m_times; }
  /// The file itself states it, outside of its records.
  void setDefaultDevice(std::string device) { m_defaultDevice = std::move(device); }
  /// The file's decimal sign, a point unless told.
  void setDecimal(char decimal) { m_decimal = decimal; }

  void begin();
  void add(Field &field, const FieldValue &value);
  /// Adds rows, a reject or a skipped record to the batch.
  void finish(Batch &batch, const RecordPlace &place);

  /// Before the first record of a batch: its columns are not known yet.
  void startBatch() { ++m_batch; }
  /// What became of the record just finished, which was accepted, so that others like it can take the
  /// short way. Its every value stood in one of the slots, or is the same in all such records. Nothing
  /// where a record's meaning is more than that of its values one by one.
  std::optional<ReadingPlan> plan(std::span<const PlanSlot> slots);
  /// Adds the row that begin(), add() and finish() would have added for a record with these texts in its
  /// slots; false, with nothing done, where the plan does not say what to do with one of them.
  bool addPlanned(ReadingPlan &plan, std::span<const std::string_view> texts, Batch &batch, std::int64_t line,
                  std::int64_t offset);

  void save(nlohmann::json &state) const;
  void restore(const nlohmann::json &state);

  /// How these fields were understood, for people, and what a mapping that says the same would hold.
  void describe(std::span<const Field *const> fields, Inference &inference) const;

  static void quarantine(Batch &batch, const RecordPlace &place, std::string_view reason);
  static void skip(Batch &batch);

private:
  struct Candidate {
    Field *field = nullptr;
    FieldValue value;
  };
  struct Quantity {
    Candidate candidate;
    double value = 0;
    std::int32_t written = -1; ///< the unit behind the number, in m_writtenUnits
  };
  struct Name {
    QuantityKey key;
    std::uint64_t record = 0; ///< the last record that used it for its own device
    std::size_t column = 0;   ///< where the last batch had it
  };
  struct Value {
    std::int32_t device; ///< −1: the record's own, else a number in m_devices
    std::int32_t name;
    double value;
  };
  /// A device besides the record's own.
  struct Device {
    std::string text;
    bool numbered = false;    ///< the text follows the record's device
    std::uint64_t record = 0; ///< the last record that has a value of it …
    std::int32_t place = 0;   ///< … and which of that record's devices it is
  };
  /// What one record states of its units.
  struct StatedUnit {
    const Field *field = nullptr;
    Canonical like = Canonical::None; ///< whose; None: of what stands beside it
    Unit unit;
  };

  void choose(Candidate &best, Field &field, const FieldValue &value);
  bool takePart(Field &field, const FieldValue &value);
  void rescue(const Candidate &candidate);
  void addQuantity(Field &field, const FieldValue &value);
  bool takesNumber(const Field &field, double number);
  void addWritten(Field &field, const FieldValue &value);
  void rescueText(Field &field, const FieldValue &value);
  void compete(Field &field);

  [[gnu::noinline]] void addHelper(Field &field, const FieldValue &value);
  void useHelpers();
  bool stateUnit(const Candidate &candidate);
  void nameValue(const Candidate &value, const Candidate &name);
  void groupNumbered();
  void settle(Field &field);

  std::optional<TimeReader::Reading> eventTime(std::string &reason);
  std::optional<TimeReader::Reading> mappedTime(std::string &reason);
  std::optional<TimeReader::Reading> payloadTime();
  std::optional<TimeReader::Reading> calendarTime();
  TimeUs receivedTime();
  std::optional<TimeUs> readTime(TimeSource source);
  std::string_view device();
  std::string_view mappedDevice();
  std::int64_t messageId();

  void placeValues();
  void placeValue(const Quantity &quantity, const Unit &unit);
  bool isFree(std::int32_t device, std::int32_t name);
  std::int32_t deviceOf(Field &field);
  std::int32_t nameFor(Field &field, const Unit &unit);
  std::int32_t numberOf(const Field &field, std::string_view name, std::string_view unit);
  const Unit &unitFor(const Quantity &quantity) const;
  static const Unit *statedFor(const Field &field, std::span<const StatedUnit> units);
  double converted(const Field &field, double value, Unit::Kind unit);
  void addRows(Batch &batch, ReadingRow row);
  void sortByDevice();
  void addRow(Batch &batch, const ReadingRow &row, std::span<const Value> values);
  std::size_t columnIn(Batch &batch, Name &name);
  std::string rescuedText() const;

  bool planHelpers(ReadingPlan &plan);
  bool planTimes(ReadingPlan &plan, std::span<const PlanSlot> slots) const;
  bool planDevice(ReadingPlan &plan, std::span<const PlanSlot> slots);
  bool planRescued(ReadingPlan &plan, std::span<const PlanSlot> slots) const;
  bool planSlot(ReadingPlan &plan, std::span<const PlanSlot> slots, std::int32_t number);
  bool planValue(ReadingPlan &plan, Field &field, std::int32_t slot);
  bool planLater(ReadingPlan &plan, const Field &field, std::int32_t slot, bool value) const;
  bool hasValue(const Field &field) const;
  bool isCandidate(const Field &field) const;
  bool isEntity(std::string_view device);
  bool tellPlannedEvent(const ReadingPlan &plan, std::span<const std::string_view> texts,
                        TimeReader::Told &told);
  bool tellPlannedTime(std::int32_t slot, std::span<const std::string_view> texts, TimeReader::Told &told);
  bool readPlannedValues(const ReadingPlan &plan, std::span<const std::string_view> texts);
  bool rescuePlanned(const ReadingPlan &plan, std::span<const std::string_view> texts);
  void placePlanned(ReadingPlan &plan, Batch &batch, ReadingRow &row);

  FieldReport reportOf(const Field &field) const;
  void describeTime(std::span<const Field *const> fields, Inference &inference) const;

  /// A longer text is no device's name; it is rescued instead.
  static constexpr std::size_t kMaxDeviceBytes = 256;

  FieldRoles m_roles;
  std::string m_defaultDevice;
  TimeReader m_times;
  char m_decimal = '.';
  bool m_surplus = false; ///< the record has a number for which there is no quantity any more
  bool m_arrival;         ///< the time is when we take the record in
  std::optional<Unit::Kind> m_pressureUnit; ///< guessed from the file's first value without a unit
  std::optional<Unit::Kind> m_temperatureUnit;
  std::vector<Name> m_names;                     ///< quantities of the file so far
  bool m_parted = false;                         ///< its date and its time of day are two fields
  bool m_shortYear = false;                      ///< its last one in a field of its own had two digits
  std::map<std::string, std::string> m_families; ///< of numbered fields, with their first number
  std::set<std::string> m_numbers;               ///< of families that have several
  FileNotes m_notes;

  LongNames m_longNames;
  std::vector<Device> m_devices;
  std::vector<StatedUnit> m_statedUnits; ///< of this record
  std::vector<StatedUnit> m_lastUnits;   ///< of the last one that stated any, for describe()

  std::uint64_t m_record = 0;
  std::array<Candidate, kTimeSources> m_time;
  std::vector<Candidate> m_parts; ///< of the mapping's time
  std::array<Candidate, kCalendarParts> m_calendar;
  bool m_hasCalendar = false; ///< one of them is there
  Candidate m_device;
  Candidate m_messageId;
  std::string_view m_longDevice;
  std::array<Field *, kCanonicals> m_winner{}; ///< the field that has the canonical name
  std::vector<Quantity> m_quantities;
  std::vector<Unit> m_writtenUnits;
  bool m_firstRecord = true;        ///< it is the file's first with values
  std::vector<Candidate> m_helpers; ///< fields that tell of others
  bool m_groupable = false;         ///< one of them is
  bool m_apart = false;             ///< one of the values is another device's
  std::vector<Value> m_values;
  std::unordered_set<std::uint64_t> m_used; ///< quantities of other devices in this record
  std::vector<Candidate> m_rescued;

  std::uint64_t m_batch = 1;     ///< the batch that is being filled
  std::vector<double> m_planned; ///< values of a planned record
  std::string m_plannedText;     ///< its rescued data
};

} // namespace meteorograph
