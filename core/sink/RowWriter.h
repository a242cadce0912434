// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Export.h"
#include "core/sink/TextOutput.h"

#include <string>
#include <vector>

namespace meteorograph {

/// Writes the rows of one layer as text. Call begin() once, write() for each row, end() once; a
/// write() that returns false says that the output takes no more. Numbers are the shortest that
/// read back as the same double, times ISO 8601 with microseconds and Z. Belongs to one thread and
/// refers to its output, which must outlive it; finishing the output is left to the owner.
class RowWriter {
public:
  virtual ~RowWriter() = default;
  RowWriter(const RowWriter &) = delete;
  RowWriter &operator=(const RowWriter &) = delete;

  /// `quantities`: names of the bronze columns, in the order of BronzeRow::values.
  virtual void begin(Layer layer, const std::vector<std::string> &quantities) = 0;
  virtual bool write(const BronzeRow &row) = 0;
  virtual bool write(const SilverRow &row) = 0;
  virtual bool write(const GoldRow &row) = 0;
  virtual void end() = 0;

protected:
  explicit RowWriter(TextOutput &output) : m_output(output) {}

  void putTime(TimeUs time);
  void putInteger(std::int64_t value);
  void putNumber(double value); ///< finite

  TextOutput &m_output;

private:
  /// What was written last, and as what. Rows of one window have one time; a window of one reading
  /// has one value three times.
  template <class T> struct Written {
    T value{};
    std::string text;
  };
  Written<TimeUs> m_time;
  Written<double> m_number;
};

} // namespace meteorograph
