// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Result.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// How a file is to be read, as far as its user says so: everything that is left out is inferred from
/// the file. A plain value; its JSON form is the mapping file's. A *field* is a header's name, a path
/// of keys joined by points (`BME280.Temperature`) or a column's number from 1.
struct Mapping {
  enum class Format { Inferred, Delimited, Json, LineProtocol, TopicPayload };

  /// A part of a text, as Python cuts it: positions from 0, negative ones from the end, `last` exclusive.
  struct Slice {
    int first = 0;
    std::optional<int> last;
    bool operator==(const Slice &) const = default;
  };
  /// Several parts are put together in order: a date and a time of day, say.
  struct TimePart {
    std::string field; ///< empty only with the format "arrival": the time at which we took it in
    std::optional<Slice> slice;
    /// As strptime() has it, with `%f` for a fraction of any length; or `iso`, `epoch_s`, `epoch_ms`,
    /// `epoch_us`, `epoch_ns`, `day_first`, `month_first`, `arrival`; empty: inferred.
    std::string format;
    bool operator==(const TimePart &) const = default;
  };
  struct DeviceRule {
    std::string field;
    std::optional<Slice> slice;
    std::string constant; ///< counts where `field` is empty
    bool operator==(const DeviceRule &) const = default;
  };
  struct QuantityRule {
    std::string field;
    std::string name;            ///< snake_case; empty: inferred
    std::string unit;            ///< of the file's values; empty: inferred
    std::vector<double> missing; ///< values that mean none
    std::string device;          ///< whose quantity this is, where a row holds several devices'
    bool operator==(const QuantityRule &) const = default;
  };

  std::string name;
  Format format = Format::Inferred;
  char delimiter = '\0'; ///< ' ' is any number of blanks; '\0': inferred
  char decimal = '\0';
  std::optional<bool> header;
  std::optional<int> skip_lines; ///< before the header, or the data where there is none
  std::string comment;           ///< a line that begins so is skipped
  std::string records;           ///< path of the array whose elements are the records
  std::vector<TimePart> time;
  std::string zone; ///< IANA name, `UTC` or an offset such as `+05:30`, of times that state none
  std::optional<DeviceRule> device;
  std::vector<QuantityRule> quantities;
  std::vector<std::string> ignore;
  std::vector<double> missing; ///< of every quantity

  bool operator==(const Mapping &) const = default;
  /// Says nothing: everything is inferred. (A name alone says nothing either.)
  bool empty() const;
};

/// Fails with ErrorCode::Usage and one line that names the member which is wrong; unknown members are
/// wrong, since they are most likely misspelt.
Result<Mapping> mappingFromJson(std::string_view text);
/// Only what is not inferred; stable, so that equal mappings give equal text. Empty mapping: "{}".
std::string toJson(const Mapping &mapping);

const char *toString(Mapping::Format format); ///< "delimited", …; "" for Inferred

} // namespace meteorograph
