// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sink/RowWriter.h"

namespace meteorograph {

/// Rows as CSV: a header line, comma, quotes as RFC 4180 has them, lines ended by a newline. Columns:
/// bronze `event_time,device,QUANTITY…,file,line`, silver
/// `window_start,device,quantity,count,mean,min,max`, gold
/// `window_start,device,quantity,mean,ma_8,ma_15s,ma_60s`. What is absent is an empty field.
class CsvWriter : public RowWriter {
public:
  enum class Formulas {
    Kept,    ///< text as it is
    Disarmed ///< text that a spreadsheet would run gets a `'` in front
  };
  explicit CsvWriter(TextOutput &output, Formulas formulas = Formulas::Kept)
      : RowWriter(output), m_formulas(formulas) {}

  void begin(Layer layer, const std::vector<std::string> &quantities) override;
  bool write(const BronzeRow &row) override;
  bool write(const SilverRow &row) override;
  bool write(const GoldRow &row) override;
  void end() override {}

private:
  void putText(std::string_view text);
  void putValue(double value);
  void putKey(TimeUs time, std::string_view device);
  bool endRow();

  Formulas m_formulas;
};

} // namespace meteorograph
