// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Batch.h"
#include "core/model/Mapping.h"

#include <cstdint>
#include <string>
#include <vector>

namespace meteorograph {

/// What a field of a file was taken for.
enum class FieldUse : std::uint8_t {
  Time,
  Device,
  Quantity,
  QuantityName, ///< names the quantity that another field of the record holds the value of
  Value,        ///< … that value
  Unit,         ///< states the unit of another field
  MessageId,
  Attribute, ///< kept in rescued data
  Envelope,  ///< the transport's metadata
  Ignored
};

/// One field as it was understood, for the mapping dialog.
struct FieldReport {
  std::string field; ///< as a mapping names it
  int column = 0;    ///< its number from 1 in a table; 0 elsewhere
  FieldUse use = FieldUse::Attribute;
  std::string quantity;      ///< snake_case name, where it is one
  std::string unit;          ///< of the file's values, as people write it
  bool unit_guessed = false; ///< the file does not state it
  std::string device;        ///< whose quantity, in a row of several devices
  std::string remark;        ///< why, where a person might ask: one short sentence
};

/// How a file was understood: a complete mapping, and its fields.
struct Inference {
  std::string format; ///< for people: "CSV, separated by ';', 7 columns"
  Mapping mapping;
  std::vector<FieldReport> fields;
};

/// One record of the sample.
struct PreviewRow {
  enum class Outcome : std::uint8_t { Accepted, Skipped, Quarantined };
  std::int64_t line = 0;
  Outcome outcome = Outcome::Accepted;
  std::string text;               ///< of a quarantined record; else of its line
  std::string reason;             ///< why it was quarantined
  std::vector<std::string> cells; ///< of a table, as the file has them; else empty
};

/// What reading a file with a mapping would give, tried on its beginning.
struct MappingPreview {
  Inference inference;
  std::vector<PreviewRow> rows; ///< the first 50 records
  RecordCounts counts;          ///< of the sample
  std::int64_t sample_bytes = 0;
  std::int64_t file_bytes = 0;
  Batch batch; ///< the sample's readings
};

} // namespace meteorograph
