// SPDX-License-Identifier: GPL-3.0-or-later
#include "core/source/FieldNames.h"

#include "core/source/TextEncoding.h"

namespace meteorograph {

namespace {

bool isLower(char32_t c) {
  return (c >= 'a' && c <= 'z') || (c >= 0xDF && c <= 0xFF && c != 0xF7) || (c >= 0x3B1 && c <= 0x3C9) ||
         (c >= 0x430 && c <= 0x45F);
}

bool isUpper(char32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 0xC0 && c <= 0xDE && c != 0xD7) || (c >= 0x391 && c <= 0x3A9) ||
         (c >= 0x400 && c <= 0x42F);
}

char32_t toLower(char32_t c) {
  if (c >= 0x400 && c <= 0x40F)
    return c + 0x50;
  return isUpper(c) ? c + 0x20 : c;
}

/// Letters, digits and marks of any script: everything but the blocks of punctuation and symbols.
bool isWordCharacter(char32_t c) {
  if (c < 0x80)
    return isLower(c) || isUpper(c) || (c >= '0' && c <= '9');
  if (c < 0xC0)
    return c == 0xB5;
  return c != 0xD7 && c != 0xF7 && !(c >= 0x2000 && c < 0x2C00) && !(c >= 0x3000 && c < 0x3040) &&
         !(c >= 0xD800 && c < 0xF900) && !(c >= 0xFE00 && c < 0xFE70) && c < 0xE0000;
}

std::u32string codePoints(std::string_view name) {
  std::u32string points;
  for (std::size_t i = 0; i < name.size();) {
    const char32_t point = nextCodePoint(name, i);
    points.push_back(point >= 0x2080 && point <= 0x2089 ? point - 0x2080 + '0' : point);
  }
  return points;
}

/// Whether a new word starts at `i`, though no separator stands there: `lightLevel`, `IAQIndex`, but
/// not `pH`, `eCO2` or `NOx`.
bool startsWord(const std::u32string &name, std::size_t i) {
  if (i == 0 || !isUpper(name[i]))
    return false;
  const auto lowerAt = [&](std::size_t at) { return at < name.size() && isLower(name[at]); };
  if (isLower(name[i - 1])) {
    const bool lone = i == 1 || !isWordCharacter(name[i - 2]);
    return !lone || lowerAt(i + 1);
  }
  return isUpper(name[i - 1]) && lowerAt(i + 1) && lowerAt(i + 2);
}

} // namespace

std::vector<std::string> wordsOf(std::string_view name) {
  const std::u32string points = codePoints(name);
  std::vector<std::string> words;
  bool open = false;
  for (std::size_t i = 0; i < points.size(); ++i) {
    if (!isWordCharacter(points[i])) {
      open = false;
      continue;
    }
    if (!open || startsWord(points, i))
      words.emplace_back();
    open = true;
    appendCodePoint(words.back(), toLower(points[i]));
  }
  return words;
}

std::string plainName(std::string_view name) {
  std::string plain;
  for (const std::string &word : wordsOf(name))
    plain += word;
  return plain;
}

std::string withoutAccents(std::string_view text) {
  // The base letters of U+00C0 to U+017F; '*' is no single letter.
  static constexpr std::string_view kBases =
      "aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y"
      "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll"
      "lllnnnnnnnnnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";
  static_assert(kBases.size() == 0x180 - 0xC0);
  std::string plain;
  for (std::size_t i = 0; i < text.size();) {
    const char32_t point = nextCodePoint(text, i);
    const char base = point >= 0xC0 && point < 0x180 ? kBases[point - 0xC0] : '*';
    if (base != '*')
      plain.push_back(base);
    else if (point == 0xDF)
      plain += "ss";
    else if (point == 0xE6 || point == 0x153)
      plain += point == 0xE6 ? "ae" : "oe";
    else if (point < 0x300 || point >= 0x370)
      appendCodePoint(plain, point);
  }
  return plain;
}

std::string snakeCase(std::string_view name) {
  std::string snake;
  for (const std::string &word : wordsOf(name)) {
    if (snake.size() + 1 + word.size() > kMaxNameBytes)
      break;
    if (!snake.empty())
      snake.push_back('_');
    snake += word;
  }
  if (snake.empty())
    return "value";
  return snake[0] >= '0' && snake[0] <= '9' ? "q_" + snake : snake;
}

} // namespace meteorograph
