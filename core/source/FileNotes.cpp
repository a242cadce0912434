// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FileNotes.h"

#include <nlohmann/json.hpp>

namespace meteorograph {

namespace {
/// Whoever has read so many knows what kind of file it is.
constexpr std::size_t kMostNotes = 50;
} // namespace

void FileNotes::add(std::string key, std::string text) {
  if (m_told.size() + m_pending.size() < kMostNotes)
    addAlways(std::move(key), std::move(text));
}

void FileNotes::addAlways(std::string key, std::string text) {
  if (!told(key))
    m_pending.emplace_back(std::move(key), std::move(text));
}

void FileNotes::flush(Batch &batch, std::int64_t line) {
  for (auto &[key, text] : m_pending)
    if (m_told.insert(std::move(key)).second)
      batch.notes.push_back({line, std::move(text)});
  m_pending.clear();
}

void FileNotes::save(nlohmann::json &state) const {
  if (!m_told.empty())
    state["notes"] = m_told;
}

void FileNotes::restore(const nlohmann::json &state) {
  if (const auto found = state.find("notes"); found != state.end())
    m_told = found->get<std::set<std::string>>();
}

} // namespace meteorograph
