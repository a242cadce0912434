// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/DelimitedLayout.h"
#include "core/source/DelimitedLine.h"
#include "core/source/LearningBudget.h"
#include "core/source/ReadingBuilder.h"
#include "core/source/RecordParser.h"

#include <array>
#include <nlohmann/json_fwd.hpp>

namespace meteorograph {

/// Text in lines, the values of a line parted by a character or by blanks, mostly with names above them.
/// Every line is a record; titles, headers (also where they come again), blank lines and comments are
/// skipped ones. Nothing is taken before LayoutInference knows how the lines are to be read. Another
/// header further down, told by a name that means a time where the times stand, names the columns from
/// there on, and becomes a note.
class DelimitedParser : public RecordParser {
public:
  explicit DelimitedParser(const FileContext &context);
  DelimitedParser(const FileContext &context, const nlohmann::json &state);

  Consumed parse(const Chunk &chunk, Batch &batch) override;
  std::string state() const override;
  std::string description() const override;
  Inference inference() const override;
  bool wantsOtherDates() const override { return m_builder.times().misread(); }
  DateEvidence dates() const override { return m_builder.times().dates(); }

private:
  bool decideLayout(std::string_view text, bool final);
  void useLayout();
  std::size_t takeKnown(std::string_view text, std::int64_t line, std::int64_t offset, Batch &batch);
  bool showsDecimal() const;
  void learn();
  void keepPlan(ReadingPlan plan, std::size_t values);
  void takeLine(const RecordPlace &place, Batch &batch);
  bool isNoRecord(std::string_view line);
  void takeRow(const RecordPlace &place, Batch &batch);
  bool takeHeader(const RecordPlace &place, Batch &batch);
  bool takeHeaderInComment(const RecordPlace &place, Batch &batch);
  bool changeHeader(const std::vector<std::string> &names, const RecordPlace &place, Batch &batch);
  bool mayBeHeader() const;
  void learnDecimal();
  void addValue(std::size_t column, std::string_view value);
  void describeDates(Inference &inference) const;

  ReadingBuilder m_builder;
  bool m_hasLayout = false;
  DelimitedLayout m_layout;
  std::vector<Field> m_fields;     ///< one a column, behind them the unnamed row number
  std::size_t m_timeColumn = 0;    ///< among a row's values
  std::array<bool, 256> m_known{}; ///< first characters of lines that are no records
  bool m_behindHeader = false;     ///< a header that came further down: units may follow
  DelimitedLine m_line;
  LearningBudget m_learning;
  std::vector<ReadingPlan> m_plans;    ///< of rows before
  std::size_t m_lastPlan = 0;          ///< that fitted
  std::vector<std::string_view> m_row; ///< the values of one that has as many
};

} // namespace meteorograph
