// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonFields.h"
#include "core/source/JsonScanner.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/RecordParser.h"

#include <deque>
#include <nlohmann/json_fwd.hpp>

namespace meteorograph {

/// JSON objects: one a line, in an array (finished or not), or just one behind the other. What lies
/// between them (brackets, commas, blanks) is no record, so a place between two needs no memory.
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
  std::string description() const override { return "JSON objects"; }
  Inference inference() const override;
  bool wantsOtherDates() const override { return m_builder.times().misread(); }
  DateEvidence dates() const override { return m_builder.times().dates(); }

private:
  struct Reader;

  bool takeObject(Reader &reader);
  bool takeScalar(Reader &reader);
  bool takeUntil(Reader &reader, std::size_t end, std::string_view reason);
  void takeFields(Reader &reader, std::size_t size);
  void addField(const JsonField &member, Field &field);
  std::string_view unescaped(std::string_view raw);

  ReadingBuilder m_builder;
  JsonScanner m_scanner;
  JsonFields m_fields;
  std::deque<std::string> m_scratch; ///< texts that had escapes, of one record
  std::size_t m_scratchUsed = 0;
};

} // namespace meteorograph
