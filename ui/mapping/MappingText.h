// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/MappingPreview.h"

#include <QString>
#include <QStringList>

#include <optional>
#include <string>
#include <vector>

/// A mapping's parts as people read and write them. Pure functions.
namespace meteorograph::ui {

QString useText(FieldUse use);                      ///< "Time", "Quantity", "Kept aside" …
QString formatText(Mapping::Format format);         ///< "Text table", "JSON" …
QString delimiterText(char delimiter);              ///< "; semicolon"
QString fieldText(const FieldReport &field);        ///< its name, or "Column 4"
QString mappingTitle(const Mapping &mapping);       ///< "inferred", a preset's name, or "own"
QString quantityText(const std::string &quantity);  ///< "Temperature"; what its user typed otherwise
QStringList unitChoices(std::string_view quantity); ///< as files state them, the usual one first

/// "-200; 65535"; read back with blanks, commas or semicolons between. Nothing on any other text.
QString numbersText(const std::vector<double> &numbers);
std::optional<std::vector<double>> parseNumbers(const QString &text);

/// "0:10", "-10:", as Python cuts a text; empty for the whole. False on any other text.
QString sliceText(const std::optional<Mapping::Slice> &slice);
bool parseSlice(const QString &text, std::optional<Mapping::Slice> &slice);

/// What was typed as a quantity's name: snake_case of it.
std::string quantityName(const QString &typed);

/// "4,932 accepted · 0 quarantined · 1 skipped of the first 1 MB · 49,320 readings".
QString countsText(const MappingPreview &preview);

} // namespace meteorograph::ui
