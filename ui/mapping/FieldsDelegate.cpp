// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mapping/FieldsDelegate.h"

#include "ui/Theme.h"
#include "ui/mapping/FieldsModel.h"

#include <QComboBox>
#include <QLineEdit>
#include <QPainter>
#include <QTimer>

namespace meteorograph::ui {

void FieldsDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option,
                           const QModelIndex &index) const {
  QStyledItemDelegate::paint(painter, option, index);
  if (!(index.flags() & Qt::ItemIsEditable) || index.data(FieldsModel::ChoicesRole).toStringList().isEmpty())
    return;
  const bool selected = option.state & QStyle::State_Selected;
  const QPointF at(option.rect.right() - 13, option.rect.center().y() + 0.5);
  painter->save();
  painter->setRenderHint(QPainter::Antialiasing);
  painter->setPen(QPen(selected ? QColor(Qt::white) : themeOf(option.palette).faint, 1.3, Qt::SolidLine,
                       Qt::RoundCap, Qt::RoundJoin));
  painter->drawPolyline(
      QPolygonF{{at + QPointF(-3.2, -1.6)}, {at + QPointF(0, 1.6)}, {at + QPointF(3.2, -1.6)}});
  painter->restore();
}

QWidget *FieldsDelegate::createEditor(QWidget *parent, const QStyleOptionViewItem &,
                                      const QModelIndex &index) const {
  const QStringList choices = index.data(FieldsModel::ChoicesRole).toStringList();
  const QString name = index.model()->headerData(index.column(), Qt::Horizontal, Qt::DisplayRole).toString();
  auto *self = const_cast<FieldsDelegate *>(this); // Qt's factory is const; the editor's signals are ours
  if (choices.isEmpty()) {
    auto *line = new QLineEdit(parent);
    line->setProperty("role", "cell");
    line->setAccessibleName(name);
    return line;
  }
  auto *box = new QComboBox(parent);
  box->setProperty("role", "cell");
  box->setAccessibleName(name);
  box->addItems(choices);
  box->setMaxVisibleItems(18);
  if (index.data(FieldsModel::FreeTextRole).toBool()) {
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
  }
  connect(box, &QComboBox::activated, self, [self, box] {
    Q_EMIT self->commitData(box);
    Q_EMIT self->closeEditor(box);
  });
  if (!box->isEditable())
    QTimer::singleShot(0, box, &QComboBox::showPopup);
  return box;
}

/// What is being typed is not taken away by a preview that arrives meanwhile.
void FieldsDelegate::setEditorData(QWidget *editor, const QModelIndex &index) const {
  if (editor->property("filled").toBool())
    return;
  editor->setProperty("filled", true);
  const QString text = index.data(Qt::EditRole).toString();
  if (auto *line = qobject_cast<QLineEdit *>(editor))
    line->setText(text);
  auto *box = qobject_cast<QComboBox *>(editor);
  if (!box)
    return;
  const int at = box->findText(text);
  box->setCurrentIndex(at < 0 && !box->isEditable() ? 0 : at);
  if (box->isEditable()) {
    box->setEditText(text);
    box->lineEdit()->selectAll();
  }
}

void FieldsDelegate::setModelData(QWidget *editor, QAbstractItemModel *model,
                                  const QModelIndex &index) const {
  if (const auto *box = qobject_cast<QComboBox *>(editor))
    model->setData(index, box->currentText(), Qt::EditRole);
  else if (const auto *line = qobject_cast<QLineEdit *>(editor))
    model->setData(index, line->text(), Qt::EditRole);
}

} // namespace meteorograph::ui
