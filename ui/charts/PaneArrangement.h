// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/charts/ChartScene.h"

#include <QMap>
#include <QStringList>

#include <optional>

namespace meteorograph::ui {

/// How one value axis was chosen; low and high count where it is scaled or fixed.
struct ValueAxis {
  AxisFit fit = AxisFit::Automatic;
  double low = 0;
  double high = 1;
  bool hasRange() const { return fit == AxisFit::Scaled || fit == AxisFit::Fixed; }
  bool operator==(const ValueAxis &) const = default;
};

/// How the panes lie, whatever they show: their order, heights and value axes, which one fills the
/// charts, and whether devices share a plot. By the quantities' canonical names, so that it fits any
/// store. A value.
struct PaneArrangement {
  static constexpr double kLeastHeight = 0.1; ///< shares beyond these come from damaged settings only
  static constexpr double kMostHeight = 20;

  QStringList order;             ///< from top to bottom; quantities that it lacks follow as they come
  QMap<QString, double> heights; ///< shares; 1 while absent
  QMap<QString, ValueAxis> axes; ///< automatic while absent
  QString maximised;             ///< the pane that is alone; none while empty
  bool multiples = false;

  /// Puts the panes in order and gives them their heights and axes.
  void arrange(std::vector<PaneSpec> &panes) const;
  /// All of the scene's panes, and whether its devices share plots: one alone always does.
  void arrange(ChartScene &scene) const;
  /// Puts one of the panes, which are in order, before another; at the end when that is absent.
  void move(const std::vector<PaneSpec> &panes, const std::string &name, const std::string &before);
  void setAxis(const std::string &name, const ValueAxis &axis);

  /// One line of JSON. Reading takes what it understands; nothing when it is not such a line at all.
  QString toJson() const;
  static std::optional<PaneArrangement> fromJson(const QString &text);
  bool operator==(const PaneArrangement &) const = default;
};

} // namespace meteorograph::ui
