// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Batch.h"
#include "core/model/MappingPreview.h"
#include "core/source/DateOrder.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace meteorograph {

/// Bytes that must be readable behind the end of every chunk, so that SIMD may overrun.
inline constexpr std::size_t kChunkPadding = 64;

/// A piece of a file, starting at the first byte not yet consumed.
struct Chunk {
  std::string_view bytes;  ///< kChunkPadding readable bytes follow
  std::int64_t offset = 0; ///< of bytes[0] in the (uncompressed) file
  std::int64_t line = 1;   ///< 1-based line of bytes[0]
  /// No more will come for now and an unterminated last line is to be taken as it stands. (A JSON
  /// value that is not complete stays unconsumed all the same.)
  bool final = false;
};

struct Consumed {
  std::size_t bytes = 0;
  std::int64_t lines = 0; ///< newlines among the consumed bytes
};

/// What a parser needs to know of the file besides its bytes.
struct FileContext {
  std::string path;
  std::string default_device; ///< from the folder or the file's name, where the payload has none
  Mapping mapping;            ///< what its user said; the rest is inferred
  /// What the dates of the whole file say of the order of day and month, where it was looked through.
  std::optional<DateEvidence> dates = {};
  /// Off, every record goes the long way, so that both can be compared.
  bool learns = true;
};

/// Turns bytes of one file into readings and rejects. Lives on the parser thread, one a file.
/// Law: however the file is cut into chunks, the batches together are the same.
class RecordParser {
public:
  virtual ~RecordParser() = default;

  /// Parses every complete record and appends it to the batch; what is not consumed is handed in
  /// again, with more behind it. Never fails: what it cannot read becomes a Reject.
  virtual Consumed parse(const Chunk &chunk, Batch &batch) = 0;

  /// What must be remembered with the checkpoint to go on in the middle of the file (the header's
  /// columns, decided units …), as JSON text. makeParser() takes it back.
  virtual std::string state() const = 0;

  /// For people: "JSON objects", "CSV, separated by ';', 7 columns".
  virtual std::string description() const = 0;

  /// How the file is understood so far, as a complete mapping.
  virtual Inference inference() const = 0;

  /// Dates like 03/04/2024 mean what the file's other dates make of them. True when such dates have come
  /// that were read without, or otherwise than, what all dates up to here say: look through the whole
  /// file (surveyDates()) and read it again from its start by what comes of it. Until then those that can
  /// be both are quarantined, with a reason that says so.
  virtual bool wantsOtherDates() const { return false; }
  /// What the dates have said so far; see FileContext::dates.
  virtual DateEvidence dates() const { return {}; }
};

/// What every parser's inference() begins with: its words, and what the user's mapping says of the whole
/// file.
Inference startOfInference(const RecordParser &parser, const Mapping &mapping, Mapping::Format format);

/// What the first bytes of a file say of its format.
struct Recognition {
  enum class Kind {
    Undecided, ///< too little yet: more bytes are needed
    NotText,   ///< no sensor data that we can read; `reason` says why
    Json,
    Delimited,
    LineProtocol, ///< InfluxDB's
    TopicPayload  ///< MQTT messages, a topic and a payload a line
  };
  Kind kind = Kind::Undecided;
  std::string reason;
};

/// Decides from content, not from the name. `final`: no more bytes will come. The decision may only
/// depend on bytes that the file keeps when it grows, so it is the same however the file arrived.
Recognition recogniseFormat(std::string_view head, bool final);
/// The same, unless the mapping says what it is: then nothing but emptiness keeps it undecided.
Recognition recogniseFormat(std::string_view head, bool final, const Mapping &mapping);

/// A parser for a file from its start.
std::unique_ptr<RecordParser> makeParser(Recognition::Kind kind, const FileContext &context);
/// A parser that goes on where one whose state() was `state` ended; nullptr when the text is not ours.
std::unique_ptr<RecordParser> resumeParser(std::string_view state, const FileContext &context);

/// Looks through a whole file for what its dates say, for FileContext::dates. `scout`: a parser of the
/// file from its start, which is used up. `next` gives the file's pieces, as RecordParser::parse() takes
/// them, or nothing at its end. Stops as soon as the dates are certain.
DateEvidence surveyDates(RecordParser &scout, const std::function<std::optional<Chunk>(Consumed)> &next);

/// The device that a path tells: a `device=…` folder, else the file's stem without dates, times and
/// sequence numbers, else the folder's name.
std::string deviceFromPath(std::string_view path);

} // namespace meteorograph
