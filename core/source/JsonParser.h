// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonColumns.h"
#include "core/source/JsonRecord.h"
#include "core/source/JsonScanner.h"
#include "core/source/JsonShapes.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/RecordArrayStack.h"
#include "core/source/RecordParser.h"

#include <nlohmann/json_fwd.hpp>

namespace meteorograph {

/// JSON objects: one a line, in an array (finished or not), or just one behind the other. What lies
/// between them (brackets, commas, blanks) is no record, so a place between two needs no memory. Where
/// an object holds its records in an array (RecordArrayFinder), these are the records, and the object
/// is none: they are taken as they come, and what follows the array in its object is skipped. Where its
/// values stand in columns (JsonColumns), each of its times is a record.
///
/// After a syntax error in a record that goes on behind its `{` on the same line, reading resumes at
/// the record's balanced end on that line, where a comma, a bracket or the line's end follows it, else
/// at the next line. In a pretty-printed one it resumes at the line where the next `{` surprised us,
/// else at the next line. A record that is not complete waits, in a final chunk too.
class JsonParser : public RecordParser {
public:
  explicit JsonParser(const FileContext &context);
  JsonParser(const FileContext &context, const nlohmann::json &state);

  Consumed parse(const Chunk &chunk, Batch &batch) override;
  std::string state() const override;
  std::string description() const override;
  Inference inference() const override;
  bool wantsOtherDates() const override { return m_builder.times().misread(); }
  DateEvidence dates() const override { return m_builder.times().dates(); }

private:
  struct Reader;

  bool takeKnown(Reader &reader);
  bool takeObject(Reader &reader);
  bool takeDescription(Reader &reader, const JsonExtent &extent);
  bool takeScalar(Reader &reader);
  bool takeUntil(Reader &reader, std::size_t end, std::string_view reason);
  void takeFields(Reader &reader, const JsonExtent &extent);
  bool enterArray(Reader &reader, std::string_view text);
  void addOuter(std::span<const JsonField> members);
  void leaveCutArrays();
  void skipRest(Reader &reader);

  ReadingBuilder m_builder;
  JsonScanner m_scanner;
  JsonRecord m_record;
  JsonColumns m_columns;
  RecordArrayFinder m_finder;
  RecordArrayStack m_arrays;
  JsonShapes m_shapes;
  std::string m_shape;   ///< of the file's beginning, for people
  std::string m_records; ///< path of the first array of records
};

} // namespace meteorograph
