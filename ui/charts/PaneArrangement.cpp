// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/charts/PaneArrangement.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>

namespace meteorograph::ui {
namespace {

const QMap<QString, AxisFit> kFits = {{QStringLiteral("robust"), AxisFit::Robust},
                                      {QStringLiteral("scaled"), AxisFit::Scaled},
                                      {QStringLiteral("fixed"), AxisFit::Fixed}};

QString nameOf(const PaneSpec &pane) { return QString::fromStdString(pane.name); }

std::optional<ValueAxis> axisFromJson(const QJsonObject &object) {
  const auto fit = kFits.find(object.value(QLatin1String("fit")).toString());
  if (fit == kFits.end())
    return std::nullopt;
  const ValueAxis axis{*fit, object.value(QLatin1String("low")).toDouble(),
                       object.value(QLatin1String("high")).toDouble()};
  if (axis.hasRange() && !(axis.low < axis.high && std::isfinite(axis.high - axis.low)))
    return std::nullopt;
  return axis;
}

QJsonObject toObject(const ValueAxis &axis) {
  QJsonObject object{{"fit", kFits.key(axis.fit)}};
  if (axis.hasRange()) {
    object.insert(QStringLiteral("low"), axis.low);
    object.insert(QStringLiteral("high"), axis.high);
  }
  return object;
}

} // namespace

void PaneArrangement::arrange(std::vector<PaneSpec> &panes) const {
  const auto place = [this](const PaneSpec &pane) {
    const qsizetype index = order.indexOf(nameOf(pane));
    return index < 0 ? order.size() : index;
  };
  std::stable_sort(panes.begin(), panes.end(),
                   [&](const PaneSpec &a, const PaneSpec &b) { return place(a) < place(b); });
  for (PaneSpec &pane : panes) {
    pane.height = heights.value(nameOf(pane), 1);
    const ValueAxis axis = axes.value(nameOf(pane));
    pane.fit = axis.fit;
    pane.fixedRange.reset();
    if (axis.hasRange())
      pane.fixedRange = {axis.low, axis.high};
  }
}

void PaneArrangement::arrange(ChartScene &scene) const {
  arrange(scene.panes);
  scene.multiples = multiples && scene.devices.size() > 1;
}

void PaneArrangement::move(const std::vector<PaneSpec> &panes, const std::string &name,
                           const std::string &before) {
  for (const PaneSpec &pane : panes)
    if (!order.contains(nameOf(pane)))
      order << nameOf(pane);
  order.removeAll(QString::fromStdString(name));
  const qsizetype index = order.indexOf(QString::fromStdString(before));
  order.insert(index < 0 ? order.size() : index, QString::fromStdString(name));
}

void PaneArrangement::setAxis(const std::string &name, const ValueAxis &axis) {
  if (axis.fit == AxisFit::Automatic)
    axes.remove(QString::fromStdString(name));
  else
    axes[QString::fromStdString(name)] = axis;
}

QString PaneArrangement::toJson() const {
  QJsonObject heightsObject;
  for (auto height = heights.begin(); height != heights.end(); ++height)
    heightsObject.insert(height.key(), height.value());
  QJsonObject axesObject;
  for (auto axis = axes.begin(); axis != axes.end(); ++axis)
    axesObject.insert(axis.key(), toObject(axis.value()));
  const QJsonObject object{{"order", QJsonArray::fromStringList(order)},
                           {"heights", heightsObject},
                           {"axes", axesObject},
                           {"maximised", maximised},
                           {"multiples", multiples}};
  return QString::fromUtf8(QJsonDocument(object).toJson(QJsonDocument::Compact));
}

std::optional<PaneArrangement> PaneArrangement::fromJson(const QString &text) {
  const QJsonDocument document = QJsonDocument::fromJson(text.toUtf8());
  if (!document.isObject())
    return std::nullopt;
  const QJsonObject object = document.object();
  PaneArrangement arrangement;
  for (const QJsonValue &name : object.value(QLatin1String("order")).toArray())
    if (name.isString() && !arrangement.order.contains(name.toString()))
      arrangement.order << name.toString();
  const QJsonObject heights = object.value(QLatin1String("heights")).toObject();
  for (auto height = heights.begin(); height != heights.end(); ++height)
    arrangement.heights[height.key()] = std::clamp(height.value().toDouble(1), kLeastHeight, kMostHeight);
  const QJsonObject axes = object.value(QLatin1String("axes")).toObject();
  for (auto axis = axes.begin(); axis != axes.end(); ++axis)
    if (const std::optional<ValueAxis> read = axisFromJson(axis.value().toObject()))
      arrangement.axes[axis.key()] = *read;
  arrangement.maximised = object.value(QLatin1String("maximised")).toString();
  arrangement.multiples = object.value(QLatin1String("multiples")).toBool();
  return arrangement;
}

} // namespace meteorograph::ui
