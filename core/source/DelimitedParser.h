// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/DelimitedLayout.h"
#include "core/source/DelimitedLine.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/RecordParser.h"

#include <nlohmann/json_fwd.hpp>

namespace meteorograph {

/// Text in lines, the values of a line parted by a character, mostly with names in the first line.
/// Every line is a record; the header (also where it comes again), blank lines and comments are
/// skipped ones. Nothing is taken before the first two lines of content are whole.
class DelimitedParser : public RecordParser {
public:
  explicit DelimitedParser(const FileContext &context);
  DelimitedParser(const FileContext &context, const nlohmann::json &state);

  Consumed parse(const Chunk &chunk, Batch &batch) override;
  std::string state() const override;
  std::string description() const override;
  Inference inference() const override;

private:
  bool decideLayout(std::string_view text, bool final);
  void useLayout(DelimitedLayout layout);
  void takeLine(const RecordPlace &place, Batch &batch);
  bool isHeader(std::string_view line) const;
  void takeRow(const RecordPlace &place, Batch &batch);
  void addValue(std::size_t column, std::string_view value);

  ReadingBuilder m_builder;
  std::optional<DelimitedLayout> m_layout;
  std::vector<Field> m_fields; ///< one a column, behind them the unnamed row number
  DelimitedLine m_line;
};

} // namespace meteorograph
