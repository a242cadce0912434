// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/model/Mapping.h"
#include "core/source/FieldRoles.h"

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace meteorograph {

/// How well a mapping's field names one of a file, worst first.
enum class FieldMatch { None, ByNumber, ButForCase, Exact };
/// `path` and `column` as for FieldRoles::of(). The objects around a payload may be left out.
FieldMatch matchField(std::string_view field, std::span<const std::string_view> path, int column);

/// Whether a mapping's field is the one in question.
using FieldMatcher = std::function<bool(const std::string &)>;

/// What the mapping says of a field with this header (or last key), which would else be `inferred`;
/// nothing when it does not name it.
std::optional<FieldRole> mappedRole(const Mapping &mapping, const FieldMatcher &matches,
                                    std::string_view header, const FieldRole &inferred);

/// The part of the text, cut between characters.
std::string_view sliceOf(std::string_view text, const Mapping::Slice &slice);

} // namespace meteorograph
