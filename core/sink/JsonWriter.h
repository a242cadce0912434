// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/sink/RowWriter.h"

namespace meteorograph {

/// Rows as one JSON array with one object a line, its keys named and ordered as CsvWriter's
/// columns. What is absent is null; bytes that are no UTF-8 become U+FFFD.
class JsonWriter : public RowWriter {
public:
  explicit JsonWriter(TextOutput &output) : RowWriter(output) {}

  void begin(Layer layer, const std::vector<std::string> &quantities) override;
  bool write(const BronzeRow &row) override;
  bool write(const SilverRow &row) override;
  bool write(const GoldRow &row) override;
  void end() override;

private:
  void putText(std::string_view text);
  void putKey(std::string_view timeKey, TimeUs time, std::string_view device);
  void putValue(std::string_view key, double value);
  bool endRow();

  bool m_empty = true;
  std::vector<std::string> m_quantityKeys; ///< `,"temperature":`
};

} // namespace meteorograph
