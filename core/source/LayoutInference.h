// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/DelimitedLayout.h"
#include "core/source/DelimitedLine.h"
#include "core/source/ValueShape.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace meteorograph {

/// Finds out from the first lines of a delimited text how all are to be read. Lines come one by one, and
/// the layout is decided at the first one that is enough: so it depends on the file's beginning alone,
/// never on how much more has come. What the mapping says is not inferred.
///
/// The first *line of data* is what has a time and a number, or numbers alone, between delimiters; or a
/// time, or at least a number, below names of which one means a time. The names are the nearest line
/// above it that is cut into as many values and none of them is a time or mostly numbers, with lines of
/// units between them; where there is none, a comment just before the data. What stands further above is
/// title. Where no names are found, one more line is looked at: names in it mean that the first was title
/// as well. Without names the columns are `column_1` and so on.
class LayoutInference {
public:
  /// Both must outlive it.
  explicit LayoutInference(const FieldRoles &roles) : m_roles(roles), m_mapping(roles.mapping()) {}

  /// The file's next line, without its end; good as long as the inference is. True: enough is known.
  bool add(std::string_view line);
  /// The layout by the lines so far. Without any line of data the first one is taken for the names.
  DelimitedLayout finish();
  /// There is a line of data: this is a table.
  bool sawTable() const { return m_data.has_value(); }
  /// At least lines that are cut alike.
  bool seemsTable() const { return m_data || guess().alike; }

private:
  struct Line {
    std::string_view text;
    std::int64_t number;
    bool comment;
  };
  struct Names {
    std::size_t line = 0; ///< index of m_lines
    int quality = 0;      ///< 0: there are none
    bool time = false;    ///< one of them means a time
    std::vector<std::size_t> units;
  };
  struct Data {
    std::size_t line = 0;
    char delimiter = ',';
    Names names;
    bool alike = false; ///< guessed, of two lines with as many values
  };

  using Values = std::vector<std::string>;

  Values valuesOf(const Line &line, char delimiter) const;
  std::vector<char> delimiters() const;
  std::optional<Data> dataAt(std::size_t index) const;
  std::optional<Data> dataBetween(std::size_t index, char delimiter) const;
  Names namesFor(std::size_t data, char delimiter, const LineShape &shape) const;
  Names saidNames(std::size_t data, char delimiter, const LineShape &shape) const;
  Names namesAbove(std::size_t data, char delimiter, const LineShape &shape) const;
  Names namesInComments(std::size_t data, char delimiter, const LineShape &shape) const;
  Names namesIn(const Values &values, std::size_t line, const LineShape &data) const;
  bool holdsNames(const Line &line) const;
  bool isFull() const;
  Data guess() const;
  Values columnNames(const Data &data) const;
  void addColumns(DelimitedLayout &layout, const Data &data, const Values &values) const;
  void addUnits(DelimitedLayout &layout, const Data &data) const;
  void tellTimes(DelimitedLayout &layout, const Values &values) const;
  void takeTitles(DelimitedLayout &layout, const Data &data) const;
  void takeTitle(DelimitedLayout &layout, std::string_view line) const;

  const FieldRoles &m_roles;
  const Mapping &m_mapping;
  std::vector<std::string_view> m_titles; ///< that the mapping skips
  std::vector<Line> m_lines;              ///< with content
  std::size_t m_bytes = 0;
  std::int64_t m_number = 0;
  std::optional<Data> m_data;
};

/// A line that is no record: a comment. `prefix`: the mapping's; empty: `#`, `//`, `%`, and `;` where it
/// is not the delimiter.
bool isComment(std::string_view line, std::string_view prefix, char delimiter);

/// A line without the signs that make it a comment.
std::string_view withoutCommentSigns(std::string_view line, std::string_view prefix);

} // namespace meteorograph
