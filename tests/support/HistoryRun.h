// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "tests/support/History.h"
#include "tests/support/HistorySubject.h"

#include <cstdint>
#include <memory>
#include <string>

/// One history, step by step, with the model beside it.
class HistoryRun {
public:
  /// `seed`: of the lines that are written.
  HistoryRun(std::uint32_t seed, std::unique_ptr<HistorySubject> subject);

  /// What went wrong; empty: nothing.
  std::string go(const History &history);
  /// The files as they are now, by their last bytes.
  std::string files() const;
  /// Something came up that the rules do not decide.
  bool leftEarly() const { return m_leftEarly; }

private:
  std::string act(const Step &step);
  std::string scan(ReferenceModel::Pass pass, std::uint32_t how, bool compares);
  std::string compare() const;
  std::string again();

  std::uint32_t m_seed;
  std::unique_ptr<HistorySubject> m_subject;
  HistoryFolder m_folder;
  ReferenceModel m_model;
  bool m_leftEarly = false;
};
