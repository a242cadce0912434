// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/source/JsonFields.h"
#include "core/source/JsonShape.h"
#include "core/source/LearningBudget.h"
#include "core/source/ReadingBuilder.h"

namespace meteorograph {

/// The few shapes in which a file writes its records, learnt from the records themselves, each with what
/// the builder does with its values. Objects of such a shape take the short way; the readings are the same
/// as by the long one. One a parser, on its thread; the builder and the fields must outlive it. Holds
/// nothing that must be kept with a checkpoint.
class JsonShapes {
public:
  JsonShapes(ReadingBuilder &builder, JsonFields &fields, bool learns = true);

  struct Taken {
    std::size_t bytes = 0; ///< 0: nothing was done
    std::int64_t newlines = 0;
  };
  /// Adds the reading of the object at the text's start if it is of a known shape.
  Taken take(std::string_view text, std::int64_t line, std::int64_t offset, Batch &batch);
  /// Of the record whose readings the builder has just added the long way.
  void learn(std::string_view text, std::span<const JsonField> members);

private:
  struct Known {
    JsonShape shape;
    ReadingPlan plan;
    std::int64_t newlines;
    std::size_t next; ///< the shape of the record that came behind the last one of this
  };
  void keep(Known known);

  ReadingBuilder &m_builder;
  JsonFields &m_fields;
  std::vector<Known> m_known;
  std::size_t m_last = 0;
  std::size_t m_oldest = 0; ///< the next to be replaced
  LearningBudget m_learning;
  std::uint64_t m_generation = 0; ///< of the fields that the plans were made of
  std::vector<std::string_view> m_values;
};

} // namespace meteorograph
