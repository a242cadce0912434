// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/Presets.h"

#include "core/source/MappingCheck.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

namespace meteorograph {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kEnding = ".json";
/// No mapping is larger; what is was meant to be something else.
constexpr std::uintmax_t kMaxMappingBytes = 1 << 20;

std::string nameOf(std::string_view file) {
  return std::string(file.substr(0, file.size() - std::min(file.size(), kEnding.size())));
}

std::optional<std::string> contentOf(const fs::path &path) {
  std::error_code error;
  if (fs::file_size(path, error) > kMaxMappingBytes || error)
    return std::nullopt;
  std::ifstream file(path, std::ios::binary);
  std::string text((std::istreambuf_iterator<char>(file)), std::istreambuf_iterator<char>());
  return file.bad() ? std::nullopt : std::optional(std::move(text));
}

Result<Mapping> mappingFromFile(const fs::path &path) {
  const std::optional<std::string> text = contentOf(path);
  if (!text)
    return fail(ErrorCode::Unreadable, "cannot read the mapping " + path.string());
  Result<Mapping> mapping = mappingFromJson(*text);
  if (const Result<void> good = mapping ? checkMapping(*mapping) : Result<void>(); !good)
    return fail(good.error().code, path.string() + ": " + good.error().message);
  if (!mapping)
    return fail(mapping.error().code, path.string() + ": " + mapping.error().message);
  return mapping;
}

bool isGoodName(const std::string &name) {
  return !name.empty() && name.size() <= 100 && name.front() != '.' && name.find('/') == std::string::npos;
}

} // namespace

std::string presetFolder() {
  const char *config = std::getenv("XDG_CONFIG_HOME");
  const char *home = std::getenv("HOME");
  const fs::path base = config != nullptr && *config == '/'
                            ? fs::path(config)
                            : fs::path(home != nullptr ? home : "") / ".config";
  return (base / "meteorograph" / "presets").string();
}

std::vector<Preset> allPresets() {
  std::map<std::string, Preset> all;
  for (const EmbeddedFile &file : embeddedPresets())
    if (Result<Mapping> mapping = mappingFromJson(file.text))
      all[nameOf(file.name)] = {nameOf(file.name), std::move(*mapping), false};
  std::error_code error;
  for (fs::directory_iterator at(presetFolder(), error), end; !error && at != end; at.increment(error)) {
    if (at->path().extension() != kEnding)
      continue;
    const std::string name = at->path().stem().string();
    if (Result<Mapping> mapping = mappingFromFile(at->path()))
      all[name] = {name, std::move(*mapping), true};
  }
  std::vector<Preset> list;
  for (auto &[name, preset] : all)
    list.push_back(std::move(preset));
  return list;
}

Result<Mapping> loadMapping(const std::string &file_or_preset) {
  std::error_code error;
  if (fs::is_regular_file(file_or_preset, error))
    return mappingFromFile(file_or_preset);
  const fs::path own = fs::path(presetFolder()) / (file_or_preset + std::string(kEnding));
  if (isGoodName(file_or_preset) && fs::is_regular_file(own, error))
    return mappingFromFile(own);
  std::string known;
  for (Preset &preset : allPresets()) {
    if (preset.name == file_or_preset)
      return std::move(preset.mapping);
    known += (known.empty() ? "" : ", ") + preset.name;
  }
  return fail(ErrorCode::Usage,
              "there is no mapping file and no preset " + file_or_preset + "; the presets are " + known);
}

Result<void> savePreset(const std::string &name, const Mapping &mapping) {
  if (!isGoodName(name))
    return fail(ErrorCode::Usage, "a preset's name must not be empty, begin with a point or hold a slash");
  const fs::path folder = presetFolder();
  const fs::path path = folder / (name + std::string(kEnding));
  fs::path fresh = path;
  fresh += ".new";
  Mapping named = mapping;
  named.name = name;
  std::error_code error;
  fs::create_directories(folder, error);
  {
    std::ofstream file(fresh, std::ios::binary | std::ios::trunc);
    file << nlohmann::ordered_json::parse(toJson(named)).dump(2) << '\n';
    file.flush();
    if (!file)
      return fail(ErrorCode::Unwritable, "cannot write the preset " + path.string());
  }
  fs::rename(fresh, path, error);
  if (error)
    return fail(ErrorCode::Unwritable, "cannot write the preset " + path.string() + ": " + error.message());
  return {};
}

} // namespace meteorograph
