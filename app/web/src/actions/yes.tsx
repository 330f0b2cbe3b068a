import {Checkbox, Form} from 'antd'
import type {Field} from './spec.ts'

export function YesField({f}: {f: Field}) {
  return <Form.Item name={f.name} valuePropName="checked"><Checkbox>{f.label}</Checkbox></Form.Item>
}
