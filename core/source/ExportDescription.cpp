// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/ExportDescription.h"

#include <nlohmann/json.hpp>

namespace meteorograph {

bool isExportDescription(std::string_view text) {
  if (text.find("\"sha256\"") == std::string_view::npos) // as in all the files that are none
    return false;
  const nlohmann::json object = nlohmann::json::parse(text, nullptr, false);
  if (!object.is_object())
    return false;
  const auto program = object.find("program");
  const auto sha256 = object.find("sha256");
  return program != object.end() && *program == kDescribingProgram && sha256 != object.end() &&
         sha256->is_string();
}

} // namespace meteorograph
