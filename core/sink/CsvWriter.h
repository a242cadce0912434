// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sink/RowWriter.h"

namespace meteorograph {

/// Rows as CSV: a header line, comma, quotes as RFC 4180 has them, lines ended by a newline. Columns:
/// bronze `event_time,device,QUANTITY…,file,line`, silver
/// `window_start,device,quantity,count,mean,min,max`, gold
/// `window_start,device,quantity,mean,ma_8,ma_15s,ma_60s`. What is absent is an empty field. Text that
/// a spreadsheet would run as a formula is disarmed as SpreadsheetText.h has it.
class CsvWriter : public RowWriter {
public:
  explicit CsvWriter(TextOutput &output) : RowWriter(output) {}

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
};

} // namespace meteorograph
